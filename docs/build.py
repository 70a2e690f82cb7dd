"""Write the generated files: pages of docs/, NOTICES, and exports/.

Run it with  python docs/build.py ; with  --check  it writes nothing, names the stale pages, and
exits with 1 if there are any.
"""

import sys
from pathlib import Path

from bonemet_data.comparison.changes import Kind
from bonemet_data.package.descriptor import Package, Resource, open_package
from bonemet_data.reporting._old_issue import Code
from bonemet_data.tableschema.model import Field, TableSchema
from bonemet_data.terminology.records import read_records
from bonemet_data.terminology.sssom import sssom

_WRITTEN = "Written by `docs/build.py`"
ROOT = Path(__file__).parent.parent
_COLUMNS = "| column | type | meaning | rules | example |\n|---|---|---|---|---|"


def data_dictionary(package: Package) -> str:
    """Describe every resource and column."""
    parts = [
        "# Data dictionary",
        f"Version {package.version}. {_WRITTEN} from `datapackage.json` and `schemas/`.",
        str(package.descriptor["description"]),
    ]
    parts += [_resource(each, package.schema(each)) for each in package.resources]
    parts += ["## A worked example", _worked_example()]
    return "\n\n".join(parts) + "\n"


def _worked_example() -> str:
    """Take the example over from the README, where it is tested."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    start = readme.index("From a small table of diagnoses")
    return readme[start : readme.index("\n\n| Python |")]


def changes() -> str:
    """Describe every kind of change that a difference reports."""
    intro = "What `bonemet-data diff` reports, with the version step that it demands."
    rows = [(f"`{kind}`", kind.level.name, kind.meaning) for kind in Kind]
    return _listing("Kinds of change", intro, ("change", "step", "meaning"), rows)


def issue_codes() -> str:
    """Describe every kind of fault that validation reports."""
    intro = "What `bonemet-data validate` reports, in the order of its stages."
    rows = [(f"`{code}`", str(code.stage), code.meaning) for code in Code]
    return _listing("Issue codes", intro, ("code", "stage", "meaning"), rows)


def _listing(
    title: str, intro: str, header: tuple[str, str, str], rows: list[tuple[str, str, str]]
) -> str:
    lines = [f"| {' | '.join(row)} |" for row in (header, ("---",) * 3, *rows)]
    return "\n".join([f"# {title}", "", f"{intro} {_WRITTEN}.", "", *lines, ""])


def notices(package: Package) -> str:
    """Give each vocabulary's license, version and required credit."""
    parts = [
        "Notices",
        (
            "The resources mappings and synonyms hold codes and names of the vocabularies below.\n"
            "Each keeps its own license, which every row repeats; labels are unaltered.\n"
            f"{_WRITTEN} from datapackage/prefixes.csv."
        ),
    ]
    parts += [
        f"{each.name} ({each.prefix})\n"
        f"Version: {each.version}\nLicense: {each.license}, {each.license_url}\n{each.credit}."
        for each in read_records(package, "prefixes")
        if each.version
    ]
    return "\n\n".join(parts) + "\n"


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
    package = open_package(ROOT)
    pages = {
        "docs/data-dictionary.md": data_dictionary(package),
        "docs/issue-codes.md": issue_codes(),
        "docs/changes.md": changes(),
        "NOTICES": notices(package),
        "exports/mappings.sssom.tsv": sssom(package),
    }
    stale = [
        name
        for name, text in pages.items()
        if not (ROOT / name).exists() or (ROOT / name).read_text(encoding="utf-8") != text
    ]
    if "--check" in sys.argv:
        if stale:
            sys.exit(f"Stale: {', '.join(stale)}. Run  python docs/build.py")
        return
    for name in stale:
        (ROOT / name).parent.mkdir(exist_ok=True)
        (ROOT / name).write_text(pages[name], encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
