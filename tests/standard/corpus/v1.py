"""Descriptors of version 1 and before, which consumers of version 2 must accept."""

import json
from typing import Any

from .case import Case, Fields, schema

S = "https://specs.frictionlessdata.io"
B = "https://datapackage.org/standard"
F = ["id:integer", "n:string"]
TEXT = "id,n\n1,a\nx,b\n"
FAULT = "error type t:3 id"


def v1(name: str, clause: str, entry: dict[str, object], data: bytes | str, *expected: str,
       fields: Fields = F, files: dict[str, bytes | str] | None = None,
       profile: str | None = "tabular-data-package", keys: dict[str, object] | None = None,
       **properties: object) -> Case:  # fmt: skip
    """Return a case of the table t.csv in a descriptor of version 1."""
    tabular: dict[str, Any] = {"name": "t", "path": "t.csv", "profile": "tabular-data-resource"}
    tabular["schema"] = schema(fields, **(keys or {}))
    descriptor = {"name": "p", **properties, "resources": [tabular | entry]}
    if profile:
        descriptor["profile"] = profile
    stored = {"t.csv": data, **(files or {})}
    return Case("version 1", name, clause, descriptor, stored, expected)


CASES: list[Case] = [
    v1("tabular data package", f"{S}/tabular-data-package/", {}, TEXT, FAULT),
    v1("data package", f"{S}/data-package/", {}, TEXT, FAULT, profile="data-package"),
    v1("no profile", f"{S}/data-package/", {}, TEXT, FAULT, profile=None),
    v1("profile of one's own", f"{S}/profiles/", {}, TEXT, FAULT, "not_checked? *",
       profile="https://example.org/profile.json"),
    v1("profile of a registry", f"{S}/profiles/", {}, TEXT, FAULT, "not_checked? *",
       profile="fiscal-data-package"),
    v1("resource without a profile", f"{S}/data-resource/", {"profile": "data-resource"}, TEXT,
       FAULT, profile="data-package"),
    v1("further properties", f"{S}/data-package/#metadata", {"notes": 1, "mediatype": "text/csv"},
       TEXT, FAULT, author="x", datapackage_version="1.0", last_modified="2016",
       maintainers=[{"name": "x"}], license="PDDL-1.0", homepage="https://a.b"),
    v1("contributors with a role", f"{S}/data-package/#contributors", {}, TEXT, FAULT,
       contributors=[{"title": "J", "role": "author", "path": "https://a.b"}]),
    v1("licenses with type and url, of version 0", f"{S}/data-package/#licenses", {}, TEXT, FAULT,
       "error? profile", licenses=[{"type": "odc-pddl", "url": "http://a.b", "name": "x"}]),
    v1("sources with a name", f"{S}/data-package/#sources", {}, TEXT, FAULT,
       sources=[{"title": "A", "name": "a", "web": "http://a.b"}]),
    v1("created, image and keywords", f"{S}/data-package/", {}, TEXT, FAULT,
       created="1985-04-12T23:20:50.52Z", image="a.png", keywords=["x"]),
    v1("words of frictionless describe", f"{S}/data-resource/",
       {"scheme": "file", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "hashing": "md5"}, TEXT, FAULT),
    v1("primary key as text", f"{S}/table-schema/#primary-key", {}, "id,n\n1,a\n1,b\n,c\n",
       "error? primaryKey t:2", "error primaryKey t:3", "error primaryKey|required t:4",
       keys={"primaryKey": "id"}),
    v1("foreign key as text, to itself", f"{S}/table-schema/#foreign-keys", {},
       "id,n\n1,\n2,1\n3,9\n", "error foreignKeys t:4 n", fields=["id:string", "n:string"],
       keys={"foreignKeys": [{"fields": "n", "reference": {"resource": "", "fields": "id"}}]}),
    v1("format with fmt:", f"{B}/table-schema/#type-and-format", {}, "d\n05/01/2024\n2024-01-05\n",
       "error type t:3 d", fields=[{"name": "d", "type": "date", "format": "fmt:%d/%m/%Y"}]),
    v1("format any", f"{S}/table-schema/#date", {}, "d\n5 Jan 2024\n2024-01-05\n",
       fields=[{"name": "d", "type": "date", "format": "any"}]),
    v1("dialect", f"{S}/csv-dialect/",
       {"dialect": {"csvddfVersion": 1.2, "delimiter": ";", "doubleQuote": True,
                    "lineTerminator": "\r\n", "quoteChar": '"', "skipInitialSpace": True,
                    "header": True, "commentChar": "#", "caseSensitiveHeader": False}},
       "id; n\r\n#x\r\n1; a\r\nx; b\r\n", "error type t:4 id"),
    v1("dialect in a file", f"{S}/tabular-data-resource/#csv-dialect", {"dialect": "d.json"},
       "id;n\n1;a\nx;b\n", FAULT, files={"d.json": '{"delimiter": ";"}'}),
    v1("schema in a file", f"{S}/tabular-data-resource/", {"schema": "s.json"}, TEXT, FAULT,
       files={"s.json": json.dumps(schema(F))}),
    v1("missingValues", f"{S}/table-schema/#missing-values", {}, "id,n\nNA,a\n-,b\nx,c\n",
       "error type t:4 id", keys={"missingValues": ["NA", "-"]}),
    v1("several paths", f"{S}/data-resource/#path-data-in-multiple-files",
       {"path": ["a.csv", "b.csv"]}, "", "error type t:3 id", "error type t:2 id",
       files={"a.csv": TEXT, "b.csv": "id,n\ny,c\n"}),
    v1("inline rows", f"{S}/tabular-data-resource/",
       {"path": None, "data": [["id", "n"], [1, "a"], ["x", "b"]]}, "", "error type t#2 id"),
    v1("wrong MD5", f"{S}/data-resource/#optional-properties", {"hash": "0" * 32, "bytes": 13},
       TEXT, "error hash t", FAULT),
    v1("url in place of path, of version 0", f"{B}/data-resource/#inline-data",
       {"url": "https://example.org/t.csv", "path": None}, TEXT, "not_checked * t"),
    v1("remote", f"{S}/data-resource/", {"path": "http://example.org/t.csv"}, TEXT,
       "not_checked * t"),
    v1("types of version 1", f"{S}/table-schema/#types-and-formats", {},
       'a,b,c,d,e,f,g,h\n"1,2",2024,2024-01,P1D,{},[],1,x\nx,24,2024-13,1D,[],{},q,x\n',
       *(f"error type t:3 {name}" for name in "abcdefg"),
       fields=["a:geopoint", "b:year", "c:yearmonth", "d:duration", "e:object", "f:array",
               "g:integer", "h:any"]),
    v1("categories in another resource, and one text as missingValues", f"{S}/table-schema/",
       {}, "id,n\n1,a\nx,b\n", FAULT, fields=["id:integer", {
           "name": "n", "type": "string", "missingValues": "", "categories": {"resource": "c"}}]),
    v1("empty image and homepage", f"{S}/data-package/", {}, TEXT, FAULT, image="", homepage=""),
    v1("type of version 0", f"{S}/table-schema/", {}, "id,n\n1,a\n", "error profile t",
       fields=["id:integer", "n:float"]),
    v1("two fields of one name", f"{B}/table-schema/#name", {}, "a,a\n1,x\nx,1\n",
       "error type t:3 a", "not_checked? * t", fields=["a:integer", "a:string"]),
    v1("neither path nor data", f"{S}/data-resource/#data-location", {"path": None}, TEXT,
       "error profile t"),
    v1("wrong header, ragged row and types", f"{S}/tabular-data-resource/", {},
       "id,name\n1,a\n2\nx,b\n", "error columns t", "error ragged-row t:3", "error type t:4"),
]  # fmt: skip

for _case in CASES:  # a property that is None is left out
    for _entry in _case.descriptor["resources"]:
        for _key in [key for key, value in _entry.items() if value is None]:
            del _entry[_key]
