"""Print every table of the data package as JSON: frictionless."""

import json

from frictionless import Package

tables = {
    resource.name: {"rows": [row.to_dict() for row in resource.read_rows()]}
    for resource in Package("datapackage.json").resources
}
print(json.dumps(tables, default=float))  # numbers are Decimal
