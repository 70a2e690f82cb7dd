"""Print every table of the data package as JSON: DuckDB."""

import json
import sys
from pathlib import Path

import duckdb

TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}

package = json.loads(Path("datapackage.json").read_text(encoding="utf-8"))
tables = {}
for resource in package["resources"]:
    schema = json.loads(Path(resource["schema"]).read_text(encoding="utf-8"))
    options = {"dtype": {field["name"]: TYPES[field["type"]] for field in schema["fields"]}}
    if "--defaults" in sys.argv:
        options = {}
    table = duckdb.read_csv(resource["path"], **options)
    tables[resource["name"]] = {
        "types": dict(zip(table.columns, map(str, table.types), strict=True)),
        "rows": [dict(zip(table.columns, row, strict=True)) for row in table.fetchall()],
    }
print(json.dumps(tables, default=str))
