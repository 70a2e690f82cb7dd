"""Print every table of the data package as JSON: the csv module of Python."""

import csv
import json
import sys
from pathlib import Path

package = json.loads(Path("datapackage.json").read_text(encoding="utf-8"))
tables = {}
for resource in package["resources"]:
    with Path(resource["path"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if "--defaults" not in sys.argv:
        rows = [{name: cell or None for name, cell in row.items()} for row in rows]
    tables[resource["name"]] = {"rows": rows}
print(json.dumps(tables))
