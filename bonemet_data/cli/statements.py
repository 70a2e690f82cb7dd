"""Printing statements and evidence as text, CSV or JSON."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import click

import bonemet_data as bm

from ..terminology.items import Item
from ..terminology.statements import in_words
from . import terminal
from .rendering import as_json


def print_records(
    loads: Sequence[Callable[..., Any]], rendering: str, as_text: Callable[[Sequence[Any]], str]
) -> None:
    """Print tables, one after the other, in one of the formats.

    Args:
        loads: Functions that return a table; each takes the name of an engine.
        rendering: "text", "csv" or "json".
        as_text: Returns the text of records.
    """
    if rendering == "csv":
        import pandas as pd

        frame = pd.concat([load() for load in loads], ignore_index=True)
        text: str = frame.to_csv(index=False, float_format="%.15g", lineterminator="\n")
        click.echo(text, nl=False)
        return
    records = [record for load in loads for record in load(engine="records")]
    if rendering == "json":
        click.echo(as_json(records))
    else:
        terminal.say(as_text(records) if records else "There are none.")


def statements_as_text(records: Iterable[Any]) -> str:
    """Return statements in plain words."""
    wanted = {record.statement_id for record in records}
    return "\n".join(_statements(wanted))


def evidence_as_text(records: Iterable[Any]) -> str:
    """Return statements in plain words, each with its evidence."""
    measurements = defaultdict(list)
    for measurement in bm.load("measurements", "records"):
        measurements[measurement.evidence_id].append(measurement)
    groups = defaultdict(list)
    for record in records:
        groups[record.statement_id].append(record)
    blocks = []
    for statement_id, group in groups.items():
        blocks.append("\n".join(_statements({statement_id})))
        blocks += [
            "\n".join(_evidence(record, measurements[record.evidence_id])) for record in group
        ]
    return "\n\n".join(blocks)


def _statements(wanted: set[str]) -> Iterator[str]:
    for statement in bm.vocabulary().statements:
        if statement.statement_id in wanted:
            yield from Item(statement.text, statement.statement_id).lines()


def _evidence(record: Any, measurements: Iterable[Any]) -> Iterator[str]:
    """Iterate over the lines about one publication."""
    yield from Item(f"{in_words(record.stance)}: {record.finding}", record.evidence_id).lines()
    margin = " " * len(record.evidence_id)
    for measurement in measurements:
        yield from Item(describe_measurement(measurement), margin).lines()
    population = f"{in_words(record.design)}, {record.population} (read: {record.basis})"
    for text in (population, _reference(record)):
        yield from Item(text, margin).lines()


def _reference(record: Any) -> str:
    """Return the authors, year, title, journal and identifiers of a publication."""
    year = f" ({record.publication_year})" if record.publication_year else ""
    parts = [f"{record.authors_short}{year}", record.title] if record.authors_short else []
    parts = [*(parts or [f"{record.title}{year}"]), *filter(None, [record.journal])]
    ids = [(name, getattr(record, name)) for name in ("doi", "pmid", "pmcid", "nbk")]
    return f"{'. '.join(parts)}. {' '.join(f'{name}:{id_}' for name, id_ in ids if id_)}"


def _span(low: float | None, high: float | None) -> str:
    """Return a range of which one end, or both, may be missing."""
    ends = [f"from {low:g}"] if low is not None else []
    ends += [f"to {high:g}"] if high is not None else []
    return " ".join(ends).removeprefix("from " if len(ends) == 2 else "")


def describe_measurement(measurement: Any) -> str:
    """Return a measurement as a phrase."""
    value, span = measurement.value_number, _span(measurement.low, measurement.high)
    number = span if value is None else f"{value:g} ({span})" if span else f"{value:g}"
    phrase = f"{in_words(measurement.measure)} {number}"
    if not measurement.measure.endswith(measurement.unit):  # as in a hazard ratio
        phrase += f" {measurement.unit}"
    if measurement.numerator is not None and measurement.denominator is not None:
        phrase += f" ({measurement.numerator} of {measurement.denominator})"
    details = (measurement.population, measurement.time_frame, measurement.note)
    return "; ".join(filter(None, (phrase, *details)))
