"""Findings of each severity."""

from bonemet_data.reporting.finding import Finding, Severity
from bonemet_data.reporting.rules import Rule

ERROR = Finding(
    severity=Severity.ERROR,
    rule=Rule.FOREIGN_KEYS,
    message="not found in types.type_id",
    resource="cohort",
    file="data/cohort 1.csv",
    line=3,
    row=2,
    column="lesion_type",
    value="Mixed",
    suggestion="mixed",
)
WARNING = Finding(
    severity=Severity.WARNING,
    rule=Rule.FORMULA,
    message="starts with '=', which spreadsheets evaluate as a formula",
    resource="cohort",
    file="data/cohort 1.csv",
    line=4,
    row=3,
    column="note",
    value="=1+1",
)
UNCHECKED = Finding(
    severity=Severity.NOT_CHECKED,
    rule=Rule.UNSUPPORTED,
    message="type 'geojson' is not implemented",
    resource="map",
    column="shape",
)
HOSTILE = Finding(
    severity=Severity.ERROR,
    rule=Rule.TYPE,
    message="is not an integer",
    file="a\n::error::b.csv",
    line=2,
    row=1,
    column="a<b>",
    value="\x1b[2J\x00\u202e</td><script>alert(1)</script>\n::error::x",
)
