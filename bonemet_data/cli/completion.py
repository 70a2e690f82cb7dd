"""Names that a shell completes: of tables, concepts, releases, and of the columns of a file."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import click
from click.shell_completion import CompletionItem

import bonemet_data as bm

from ..errors import BonemetError

Names: TypeAlias = Callable[[click.Context], Iterable[str] | Mapping[str, str]]
"""Function that returns names, or names with their descriptions."""

Complete: TypeAlias = Callable[[click.Context, click.Parameter, str], "list[CompletionItem[str]]"]

_LONGEST_READ = 2**24
"""Bytes of the largest spreadsheet or JSON file that is read for its header."""


def completes(*sources: Names, files: bool = False) -> Complete:
    """Return the function that completes names; case does not matter.

    Nothing is completed if the names cannot be read. Names with control characters are left
    out.

    Args:
        sources: Functions that return names.
        files: Whether the paths of files are completed as well if no name fits.
    """

    def complete(
        ctx: click.Context, _: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        items = []
        for source in sources:
            try:
                names = source(ctx)
            except (BonemetError, OSError, UnicodeError):
                continue
            helps = names if isinstance(names, Mapping) else dict.fromkeys(names)
            items += [
                CompletionItem(name, help=help_)
                for name, help_ in helps.items()
                if name.casefold().startswith(incomplete.casefold()) and name.isprintable()
            ]
        return items or ([CompletionItem(incomplete, type="file")] if files else [])

    return complete


def tables(_: click.Context) -> Mapping[str, str]:
    """Return the names of the tables, with their titles."""
    return {entry["name"]: entry["title"] for entry in bm.descriptor()["resources"]}


def export_formats(_: click.Context) -> Mapping[str, str]:
    """Return the names of the formats of exports, with what each contains."""
    from ..publishing.exports.formats import FORMATS

    return {each.name: each.meaning for each in FORMATS.values()}


def concepts(_: click.Context) -> Mapping[str, str]:
    """Return the ids of the concepts, with their labels."""
    return {record.concept_id: record.label for record in bm.load("concepts", "records")}


def kinds(_: click.Context) -> Iterable[str]:
    """Return the kinds of concepts."""
    return dict.fromkeys(record.kind for record in bm.load("concepts", "records"))


def statements(_: click.Context) -> Iterable[str]:
    """Return the ids of the statements."""
    return (record.statement_id for record in bm.load("statements", "records"))


def predicates(_: click.Context) -> Iterable[str]:
    """Return the predicates."""
    return (record[0] for record in bm.load("predicates", "records"))


def vocabularies(_: click.Context) -> Iterable[str]:
    """Return the prefixes of the vocabularies of codes."""
    records = bm.load("mappings", "records")
    return dict.fromkeys(record.object_id.partition(":")[0].lower() for record in records)


def releases(_: click.Context) -> Mapping[str, str]:
    """Return the versions of the releases, with their dates."""
    return {release.version: release.date for release in bm.releases()}


def rules(_: click.Context) -> Mapping[str, str]:
    """Return the rules that findings report, with their meanings."""
    return {rule.value: rule.meaning for rule in bm.Rule}


def columns(ctx: click.Context) -> Iterable[str]:
    """Return the columns of the file that is the argument `file` or `data` of a command."""
    data = ctx.params.get("file") or next(iter(ctx.params.get("data") or ()), None)
    return _header(str(data), ctx.params) if data else ()


def column_tables(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Complete NAME=TABLE: first the column, then what it contains."""
    column, equals, _ = incomplete.rpartition("=")

    def pairs(ctx: click.Context) -> Iterable[str]:
        if not equals:
            return [f"{name}=" for name in columns(ctx)]
        targets = [*tables(ctx), *(f"codes:{name}" for name in vocabularies(ctx))]
        return [f"{column}={target}" for target in targets]

    return completes(pairs)(ctx, parameter, incomplete)


def _header(path: str, options: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the header of a file, reading as little of it as possible."""
    from ..package.dialect import DEFAULT
    from ..reading.formats import KINDS, suffix_of
    from ..reading.sources import STANDARD_INPUT, ReadOptions, open_tables

    is_read_whole = KINDS.get(suffix_of(path)[0]) in {"json", "excel"}
    if path == STANDARD_INPUT or (is_read_whole and Path(path).stat().st_size > _LONGEST_READ):
        return ()
    read = ReadOptions(
        options.get("separator"),
        options.get("encoding"),
        dialect=DEFAULT._replace(comment_char=options.get("comment") or ""),
    )
    with open_tables(path, read) as found:
        return found[0].header or ()
