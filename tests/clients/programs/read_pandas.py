"""Print every table of the data package as JSON: pandas."""

import json
import sys
from pathlib import Path

import pandas as pd

TYPES = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}

package = json.loads(Path("datapackage.json").read_text(encoding="utf-8"))
tables = {}
for resource in package["resources"]:
    schema = json.loads(Path(resource["schema"]).read_text(encoding="utf-8"))
    dtype = {field["name"]: TYPES[field["type"]] for field in schema["fields"]}
    options = {"dtype": dtype, "keep_default_na": False, "na_values": [""]}
    if "--defaults" in sys.argv:
        options = {}
    frame = pd.read_csv(resource["path"], **options)
    tables[resource["name"]] = {
        "types": frame.dtypes.astype(str).to_dict(),
        "rows": json.loads(frame.to_json(orient="records", double_precision=15)),
    }
print(json.dumps(tables))
