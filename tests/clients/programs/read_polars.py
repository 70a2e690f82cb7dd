"""Print every table of the data package as JSON: Polars."""

import json
import sys
from pathlib import Path

import polars as pl

TYPES = {"string": pl.String, "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean}

package = json.loads(Path("datapackage.json").read_text(encoding="utf-8"))
tables = {}
for resource in package["resources"]:
    schema = json.loads(Path(resource["schema"]).read_text(encoding="utf-8"))
    options = {"schema": {field["name"]: TYPES[field["type"]] for field in schema["fields"]}}
    if "--defaults" in sys.argv:
        options = {}
    frame = pl.read_csv(resource["path"], **options)
    tables[resource["name"]] = {
        "types": {name: str(dtype) for name, dtype in frame.schema.items()},
        "rows": frame.to_dicts(),
    }
print(json.dumps(tables))
