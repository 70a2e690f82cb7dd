"""Export a JavaScript package: an ES module, JSON data, and TypeScript types."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ...package.descriptor import Package
from ...tableschema.model import Field
from .content import Content, about, read_content
from .documents import write_json

_TYPES = {"boolean": "boolean", "integer": "number", "number": "number", "year": "number"}
"""TypeScript type of each type of field; string for any other."""

_NODE = ">=20.10"
"""Oldest version of Node.js that imports JSON by `with { type: "json" }`, as ES2025 has it."""


def write(package: Package, target: Path) -> None:
    """Write the package to a new folder, which `npm install` accepts."""
    data = target / "data"
    data.mkdir(parents=True)
    tables = list(read_content(package))
    for table in tables:
        write_json(data / f"{table.name}.json", list(table.records()))
    facts = about(package)
    write_json(data / "about.json", facts)
    write_json(target / "package.json", _package_json(package))
    _write_lines(target / "index.js", _module(tables))
    _write_lines(target / "index.d.ts", _declarations(tables, facts))
    _write_lines(target / "README.md", _readme(package, facts))


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="")


def _package_json(package: Package) -> dict[str, Any]:
    descriptor = package.descriptor
    return {
        "name": package.name,
        "version": package.version,
        "description": descriptor["title"],
        "keywords": descriptor["keywords"],
        "license": "SEE LICENSE IN README.md",
        "author": descriptor["contributors"][0]["title"],
        "type": "module",
        "exports": {
            ".": {"types": "./index.d.ts", "default": "./index.js"},
            "./data/*.json": "./data/*.json",
            "./package.json": "./package.json",
        },
        "types": "./index.d.ts",
        "files": ["data", "index.d.ts", "index.js"],
        "sideEffects": False,
        "engines": {"node": _NODE},
    }


def _module(tables: Iterable[Content]) -> Iterator[str]:
    names = ["about", *(table.name for table in tables)]
    for name in names:
        yield f'import {_identifier(name)} from "./data/{name}.json" with {{ type: "json" }};'
    yield f"export {{ {', '.join(map(_identifier, names))} }};"


def _declarations(tables: Iterable[Content], facts: Iterable[str]) -> Iterator[str]:
    """Iterate over the lines of the TypeScript declarations, which are made from the schemas."""
    yield "/** What is known about the package: title, version, licenses, citation and limits. */"
    yield "export interface About {"
    for name in facts:
        yield f"  readonly {json.dumps(name)}: string;"
    yield "}"
    yield "export declare const about: About;"
    for table in tables:
        type_ = table.name.title().replace("_", "") + "Row"
        yield from ("", f"/** A row of {_comment(table.resource.title)}. */")
        yield f"export interface {type_} {{"
        for field in table.schema.fields:
            yield f"  /** {_comment(field.description)} */"
            optional = "" if field.name in table.schema.required_names else " | null"
            yield f"  readonly {json.dumps(field.name)}: {_type(field)}{optional};"
        yield "}"
        yield f"/** {_comment(table.resource.description)} */"
        yield f"export declare const {_identifier(table.name)}: readonly {type_}[];"


def _type(field: Field) -> str:
    if field.categories:
        return " | ".join(json.dumps(category) for category in field.categories)
    return _TYPES.get(field.type, "string")


def _identifier(name: str) -> str:
    """Return a name as a JavaScript identifier.

    Example:
        >>> _identifier("mention_sources")
        'mentionSources'
    """
    first, *others = name.split("_")
    return first + "".join(word.title() for word in others)


def _comment(text: str) -> str:
    return text.replace("*/", "*\\/")


def _readme(package: Package, facts: dict[str, str]) -> Iterator[str]:
    yield f"# {facts['title']} {package.version}"
    yield from ("", facts["description"], "", "```js")
    name = _identifier(package.names[0])
    yield f'import {{ {name} }} from "{package.name}";'
    yield f"console.log({name}[0]);"
    yield "```"
    for title in ("citation", "licenses", "provenance", "unsuitable use", "not known"):
        if title in facts:
            yield from ("", f"## {title.capitalize()}", "")
            yield from (f"- {line}" for line in facts[title].splitlines())
