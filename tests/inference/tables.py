"""Twenty tables of different kinds, with the types and formats that a person would give them."""

from typing import NamedTuple


class Case(NamedTuple):
    """A table, and the expected field of each column: type, then options in their order.

    Attributes:
        text: The table as CSV.
        fields: By column, the type and the options as text.
        separator: Separator of the text.
        encoding: Encoding of the file.
    """

    text: str
    fields: dict[str, str]
    separator: str = ","
    encoding: str = "utf-8"


def repeated(header, *rows, times=10):
    """Rows repeated until they are enough for constraints."""
    return "\n".join([header, *rows * times, ""])


def numbered(header, rows, count=30):
    """Rows of a pattern with the row number as {n}."""
    lines = [rows[n % len(rows)].format(n=n + 1) for n in range(count)]
    return "\n".join([header, *lines, ""])


CASES = {
    "cohort": Case(
        numbered(
            "record_id,age,sex,born,lesion_type,site",
            ["P{n:03},6{n},f,1961-03-12,mixed,spine", "P{n:03},4{n},m,1950-12-31,osteolytic,femur"],
        ),
        {
            "record_id": "string required unique",
            "age": "integer required",
            "sex": "string required enum=f,m",
            "born": "date required",
            "lesion_type": "string required -> types.type_id",
            "site": "string required enum=femur,spine",
        },
    ),
    "German registry": Case(
        "Patient;PLZ;Größe;Diagnose am;Gestorben;Betrag\n"
        "1;01067;1,75;12.03.2020;ja;1.234,50\n"
        "2;80331;1,6;31.12.2021;nein;12,00\n"
        "3;10115;1,82;01.02.2019;;999,9\n",
        {
            "Patient": "integer",
            "PLZ": "string",
            "Größe": "number decimalChar=,",
            "Diagnose am": "date format=%d.%m.%Y",
            "Gestorben": "string",
            "Betrag": "number decimalChar=, groupChar=.",
        },
        ";",
        "cp1252",
    ),
    "American claims": Case(
        "claim,service_date,admitted,paid,zip,npi\n"
        'A-1,01/31/2024,1/31/2024 2:05 PM,"1,234.50",02139,1093817465\n'
        "A-2,12/05/2023,12/5/2023 11:30 AM,17.00,94110,1720083425\n"
        "A-3,02/28/2024,2/28/2024 9:15 AM,250.25,10001,1184640270\n",
        {
            "claim": "string",
            "service_date": "date format=%m/%d/%Y",
            "admitted": "datetime format=%m/%d/%Y %I:%M %p",
            "paid": "number groupChar=,",
            "zip": "string",
            "npi": "integer",
        },
    ),
    "ambiguous dates": Case(
        "visit,seen,dotted,clear\n1,01/02/2024,03.04.2024,13/02/2024\n2,05/06/2024,07.08.2024,01/02/2024\n",
        {
            "visit": "integer",
            "seen": "string",
            "dotted": "string",
            "clear": "date format=%d/%m/%Y",
        },
    ),
    "export of R": Case(
        "x,group,ok,when\n1.5,a,TRUE,2024-01-31 10:00:00\nNA,NA,FALSE,NA\n-2e-3,b,NA,2024-02-01 23:59:59\n",
        {
            "x": "number missing=NA",
            "group": "string missing=NA",
            "ok": "boolean missing=NA",
            "when": "datetime format=%Y-%m-%d %H:%M:%S missing=NA",
        },
    ),
    "export of SAS": Case(
        "SUBJID,VISITDT,AVAL,PARAM\n1001,31JAN2024,.,Hb\n1002,05MAY2023,12.5,Hb\n1003,01DEC2024,13,Hb\n",
        {
            "SUBJID": "integer",
            "VISITDT": "date format=%d%b%Y",
            "AVAL": "number missing=.",
            "PARAM": "string",
        },
    ),
    "export of Excel": Case(
        "dose,ratio,named\n#N/A,#DIV/0!,#N/A\n5,0.5,x y\n10,1.25,z\n",
        {
            "dose": "integer missing=#N/A",
            "ratio": "number missing=#DIV/0!",
            "named": "string missing=#N/A",
        },
    ),
    "cancer registry": Case(
        "tumor_id\tdate_of_dx\tyear_of_dx\tmorphology\tgrade\n"
        "0001\t20240131\t2024\t8140/3\t2\n0002\t20231205\t2023\t8500/3\t3\n0003\t20190701\t2019\t8070/3\t9\n",
        {
            "tumor_id": "string",
            "date_of_dx": "date format=%Y%m%d",
            "year_of_dx": "year",
            "morphology": "string",
            "grade": "integer",
        },
        "\t",
    ),
    "diagnoses": Case(
        "patient,icd10,icd9,snomed\n"
        "1,C79.51,198.5,94222008\n2,C50.911,174.9,254837009\n3,C61,185.0,399068003\n4,C34.90,162.9,94222008\n5,C64.9,189.0,254837009\n",
        {
            "patient": "integer",
            "icd10": "string codes:icd10cm",
            "icd9": "string codes:icd9cm",
            "snomed": "string codes:snomedct",
        },
    ),
    "measured numbers": Case(
        "height,weight,score\n174.2,80.5,174\n180.3,92.0,185\n165.0,61.2,198\n159.9,55.5,162\n181.1,77.7,189\n",
        {"height": "number", "weight": "number", "score": "integer"},
    ),
    "lab": Case(
        repeated(
            "loinc,value,unit,flag,taken",
            "2857-1,4.2,ng/mL,H,2024-01-31T08:00:00Z",
            "17861-6,<0.1,mg/dL,,2024-02-01T09:30:00+01:00",
        ),
        {
            "loinc": "string required enum=17861-6,2857-1",
            "value": "string required enum=4.2,<0.1",
            "unit": "string required enum=mg/dL,ng/mL",
            "flag": "string",
            "taken": "datetime required",
        },
    ),
    "questionnaire": Case(
        repeated(
            "pain,nausea,smoker,pregnant,ecog",
            "Yes,Y,1,yes,0",
            "No,N,0,unknown,2",
            "no,N,1,no,1",
        ),
        {
            "pain": "boolean trueValues=Yes falseValues=No,no required",
            "nausea": "boolean trueValues=Y falseValues=N required",
            "smoker": "integer required",
            "pregnant": "string required enum=no,unknown,yes",
            "ecog": "integer required",
        },
    ),
    "contacts": Case(
        "mail,phone,home,guid\n"
        "a@example.org,+4930123456,https://example.org/a?b=1,123e4567-e89b-12d3-a456-426614174000\n"
        "b.c@example.com,+12025550123,http://example.com,123e4567-e89b-12d3-a456-426614174001\n",
        {
            "mail": "string format=email",
            "phone": "string",
            "home": "string format=uri",
            "guid": "string format=uuid",
        },
    ),
    "terms": Case(
        "term,symptom,cancer\nHP:0002653,pain,Breast cancer\nHP:0012531,fatigue,Lung cancer\n",
        {
            "term": "string codes:HP",
            "symptom": "string -> symptoms.symptom_id",
            "cancer": "string",
        },
    ),
    "schedule": Case(
        "start,end,month,lasted\n08:30,09:15:00,2024-01,PT45M\n17:05,18:00:00,2024-12,P1DT2H\n",
        {
            "start": "time format=%H:%M",
            "end": "time",
            "month": "yearmonth",
            "lasted": "duration",
        },
    ),
    "log": Case(
        "at,body,tags,place\n"
        '2024-01-31T10:00:00.123456,"{""a"": 1}","[1, 2]","{""lon"": 13.4, ""lat"": 52.5}"\n'
        '2024-01-31T10:00:01,"{""b"": null}",[],"{""lon"": -0.1, ""lat"": 51}"\n',
        {"at": "datetime", "body": "object", "tags": "array", "place": "geopoint format=object"},
    ),
    "thousands": Case(
        "swiss,french,many,either,plain\n"
        '1\'234,"1\u00a0234,5",1.234.567,"1,234",1.234\n'
        '12\'000,"999,25",2.000.000,"5,678",2.500\n',
        {
            "swiss": "integer groupChar='",
            "french": "number decimalChar=, groupChar=\u00a0",
            "many": "number decimalChar=, groupChar=.",
            "either": "string",
            "plain": "number",
        },
    ),
    "countries": Case(
        "country,iso,na\nNamibia,NA,NA\nGermany,DE,1\nFrance,FR,2\n",
        {"country": "string", "iso": "string", "na": "integer missing=NA"},
    ),
    "almost typed": Case(
        "count,padded,big,short_year,mixed_date,code999\n"
        "1, 5,12345678901234567890,31/01/24,2024-01-31,999\n"
        "two, 6,12345678901234567891,01/02/24,31.01.2024,1\n",
        {
            "count": "string",
            "padded": "string",
            "big": "string",
            "short_year": "string",
            "mixed_date": "string",
            "code999": "integer",
        },
    ),
    "nothing": Case(
        "empty,marks,dashes\n,NA,-\n,NA,-\n",
        {"empty": "any", "marks": "any missing=NA", "dashes": "string"},
    ),
}
