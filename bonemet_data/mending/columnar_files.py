"""Parquet and Arrow files in which some texts are replaced."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..errors import DataError
from ..extras import ARROW
from .change_log import WriteChanges
from .columns import ColumnMender
from .fixes import require_known
from .frames import mend_arrow


def mend_columnar(
    source: Path, kind: str, target: Path | None, mender: ColumnMender, log: WriteChanges
) -> Iterator[int]:
    """Replace some texts of a Parquet or Arrow file ("ipc"), and copy it to a target, if any.

    Yields:
        The number of rows that were copied, after each batch.

    Raises:
        DataError: The file cannot be read, or a column is not text.
        UnknownNameError: A column with fixes does not exist.
    """
    with ARROW:
        import pyarrow as pa
        import pyarrow.parquet as pq
    try:
        with source.open("rb") as file:
            if kind == "parquet":
                parquet = pq.ParquetFile(file)
                schema, batches = parquet.schema_arrow, parquet.iter_batches()
            else:
                ipc = pa.ipc.open_file(file)
                schema = ipc.schema
                batches = map(ipc.get_batch, range(ipc.num_record_batches))
            require_known(mender.fixes, schema.names, mender.name)
            with _writer(target, kind, schema) as write:
                for batch in batches:
                    write(mend_arrow(batch, mender, log))
                    yield mender.rows
    except pa.ArrowException as error:
        raise DataError(
            f"{mender.name} cannot be read: {error}. Get a new copy of the file."
        ) from error


@contextmanager
def _writer(target: Path | None, kind: str, schema: Any) -> Iterator[Callable[[Any], object]]:
    if target is None:
        yield lambda _: None
        return
    with ARROW:
        import pyarrow as pa
        import pyarrow.parquet as pq
    open_writer = pq.ParquetWriter if kind == "parquet" else pa.ipc.new_file
    with open_writer(str(target), schema) as writer:
        yield writer.write_batch
