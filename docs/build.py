"""Write the generated pages of docs/ from the descriptor, the Table Schemas and the issue codes.

Run it with  python docs/build.py ; with  --check  it writes nothing, names the stale pages, and
exits with 1 if there are any.
"""

import sys
from pathlib import Path

from bonemet_data._diff.change import Kind
from bonemet_data._issue import Code
from bonemet_data._package import Package, Resource, open_package
from bonemet_data._table_schema import Field, TableSchema

_WRITTEN = "Written by `docs/build.py`"
DOCS = Path(__file__).parent
_COLUMNS = "| column | type | meaning | rules | example |\n|---|---|---|---|---|"
_CODES = "| code | stage | meaning |\n|---|---|---|"


def data_dictionary(package: Package) -> str:
    """Describe every resource and column."""
    parts = [
        "# Data dictionary",
        f"Version {package.version}. {_WRITTEN} from `datapackage.json` and `schemas/`.",
        str(package.descriptor["description"]),
    ]
    parts += [_resource(each, package.schema(each)) for each in package.resources]
    return "\n\n".join(parts) + "\n"


def changes() -> str:
    """Describe every kind of change that a difference reports."""
    rows = [f"| `{kind}` | {kind.level.name} | {kind.meaning} |" for kind in Kind]
    return "\n".join(
        [
            "# Kinds of change",
            "",
            f"What `bonemet-data diff` reports, with the version step that it demands. {_WRITTEN}.",
            "",
            "| change | step | meaning |\n|---|---|---|",
            *rows,
            "",
        ]
    )


def issue_codes() -> str:
    """Describe every kind of fault that validation reports."""
    rows = [f"| `{code}` | {code.stage} | {code.meaning} |" for code in Code]
    return "\n".join(
        [
            "# Issue codes",
            "",
            f"What `bonemet-data validate` reports, in the order of its stages. {_WRITTEN}.",
            "",
            _CODES,
            *rows,
            "",
        ]
    )


def _resource(resource: Resource, schema: TableSchema) -> str:
    facts = [f"[`{resource.path}`](../{resource.path}), {resource.rows} rows."]
    facts.append(f"Primary key: {_names(schema.primary_key)}.")
    facts += [
        f"{_names(key.fields)} refers to {_names(key.reference_fields)} of `{key.resource}`."
        for key in schema.foreign_keys
    ]
    rows = [_field(field) for field in schema.fields]
    return "\n\n".join(
        [
            f"## {resource.name}: {resource.title}",
            resource.description,
            " ".join(facts),
            "\n".join([_COLUMNS, *rows]),
        ]
    )


def _field(field: Field) -> str:
    meaning = field.description
    if unit := field.annotations.get("qudt:unit"):
        meaning += f" Unit: <{unit}>."
    rules = [_rule(keyword, argument) for keyword, argument in field.constraints.items()]
    if field.annotations.get("bonemet:verbatim"):
        rules.append("verbatim")
    cells = (f"`{field.name}`", field.type, meaning, "; ".join(rules), f"`{field.example}`")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _rule(keyword: str, argument: object) -> str:
    if argument is True:
        return keyword
    if isinstance(argument, tuple):
        return f"{keyword} {', '.join(f'`{value}`' for value in argument)}"
    return f"{keyword} `{argument:g}`" if isinstance(argument, float) else f"{keyword} `{argument}`"


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f"`{column}`" for column in columns)


def main() -> None:
    """Write the pages, or with --check name those that are stale."""
    package = open_package(DOCS.parent)
    pages = {
        "data-dictionary.md": data_dictionary(package),
        "issue-codes.md": issue_codes(),
        "changes.md": changes(),
    }
    stale = [
        name
        for name, text in pages.items()
        if not (DOCS / name).exists() or (DOCS / name).read_text(encoding="utf-8") != text
    ]
    if "--check" in sys.argv:
        if stale:
            sys.exit(f"Stale: {', '.join(stale)}. Run  python docs/build.py")
        return
    for name in stale:
        (DOCS / name).write_text(pages[name], encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
