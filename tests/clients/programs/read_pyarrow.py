"""Print every table of the data package as JSON: PyArrow."""

import json
import sys
from pathlib import Path

import pyarrow as pa
from pyarrow import csv

TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}

package = json.loads(Path("datapackage.json").read_text(encoding="utf-8"))
tables = {}
for resource in package["resources"]:
    schema = json.loads(Path(resource["schema"]).read_text(encoding="utf-8"))
    options = csv.ConvertOptions(
        column_types={field["name"]: TYPES[field["type"]] for field in schema["fields"]},
        null_values=[""],
        strings_can_be_null=True,
    )
    if "--defaults" in sys.argv:
        options = csv.ConvertOptions()
    table = csv.read_csv(resource["path"], convert_options=options)
    tables[resource["name"]] = {
        "types": {field.name: str(field.type) for field in table.schema},
        "rows": table.to_pylist(),
    }
print(json.dumps(tables, default=str))
