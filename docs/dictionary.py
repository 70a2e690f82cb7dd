"""The data dictionary: every resource and field of the package."""

from collections.abc import Mapping
from typing import Any

from bonemet_data.package.descriptor import Package
from bonemet_data.package.resource import Resource
from bonemet_data.tableschema.model import Field, TableSchema

_FIELDS = "| field | type | description | constraints | example |\n|---|---|---|---|---|"


def data_dictionary(package: Package) -> str:
    """Return the version and description of a package, and a section for each resource."""
    sections = [_resource(resource, package.schema(resource)) for resource in package.resources]
    about = [f"Version {package.version}.", str(package.descriptor["description"])]
    return "\n\n".join([*about, *sections])


def _resource(resource: Resource, schema: TableSchema) -> str:
    facts = [f"`{resource.path}`, {resource.rows} rows."]
    facts.append(f"Primary key: {_names(schema.primary_key)}.")
    facts += [
        f"{_names(key.fields)} refers to {_names(key.reference_fields)} of "
        f"`{key.resource or resource.name}`."
        for key in schema.foreign_keys
    ]
    facts += [f"Unique: {_names(key)}." for key in schema.unique_keys]
    facts += map(_dependency, schema.annotations.get("bonemet:functionalDependencies", ()))
    rows = [_field(field) for field in schema.fields]
    return "\n\n".join(
        [
            f"## {resource.name}: {resource.title}",
            resource.description,
            " ".join(facts),
            "\n".join([_FIELDS, *rows]),
        ]
    )


def _dependency(declared: Mapping[str, Any]) -> str:
    """Return the sentence about a functional dependency of a schema."""
    determinant, dependent = (_names(tuple(declared[key])) for key in ("determinant", "dependent"))
    reference = declared.get("reference")
    where = f", as in `{reference['resource']}`" if reference else ""
    return f"{determinant} determines {dependent}{where}."


def _field(field: Field) -> str:
    meaning = field.description
    if unit := field.annotations.get("qudt:unit"):
        meaning += f" Unit: <{unit}>."
    constraints = [_constraint(*constraint) for constraint in field.constraints.items()]
    if field.annotations.get("bonemet:verbatim"):
        constraints.append("verbatim")
    if field.annotations.get("bonemet:makesNoStatement"):
        constraints.append("makes no statement")
    cells = (f"`{field.name}`", field.type, meaning, "; ".join(constraints), f"`{field.example}`")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _constraint(keyword: str, argument: object) -> str:
    if argument is True:
        return keyword
    if isinstance(argument, tuple):
        return f"{keyword} {', '.join(f'`{value}`' for value in argument)}"
    return f"{keyword} `{argument:g}`" if isinstance(argument, float) else f"{keyword} `{argument}`"


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f"`{column}`" for column in columns)
