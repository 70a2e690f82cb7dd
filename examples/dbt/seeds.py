"""Write published tables as seeds of dbt, with the types and keys of their Table Schemas."""

import json
import shutil
from pathlib import Path

import bonemet_data as bm

TABLES = ("symptoms", "types", "sources", "citations", "concepts")
TYPES = {"string": "varchar", "integer": "bigint", "number": "double", "boolean": "boolean"}
SEEDS = Path("seeds")


def tests(field: dict, table: str, schema: dict) -> list:
    """Return the tests of a column: its constraints and foreign keys."""
    constraints = field.get("constraints", {})
    found = [
        test
        for keyword, test in (("required", "not_null"), ("unique", "unique"))
        if constraints.get(keyword)
    ]
    for key in schema.get("foreignKeys", []):
        if key["fields"] == [field["name"]]:
            target = key["reference"]
            to = {
                "to": f"ref('{target.get('resource', table)}')",
                "field": target["fields"][0],
            }
            found.append({"relationships": {"arguments": to}})
    return found


root = bm.path("types").parents[1]
SEEDS.mkdir(exist_ok=True)
seeds = []
for resource in bm.descriptor()["resources"]:
    name = resource["name"]
    if name in TABLES:
        shutil.copy(root / resource["path"], SEEDS)
        schema = json.loads((root / resource["schema"]).read_text(encoding="utf-8"))
        types = {field["name"]: TYPES[field["type"]] for field in schema["fields"]}
        columns = [
            {
                "name": field["name"],
                "description": field["description"],
                "data_tests": tests(field, name, schema),
            }
            for field in schema["fields"]
        ]
        seeds.append(
            {
                "name": name,
                "description": resource["description"],
                "config": {"column_types": types},
                "columns": columns,
            }
        )
# JSON is YAML.
(SEEDS / "properties.yml").write_text(json.dumps({"seeds": seeds}, indent=2), encoding="utf-8")
