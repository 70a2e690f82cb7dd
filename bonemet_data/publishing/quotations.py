"""Record the verbatim rows of a package, after they have been found in the article."""

from pathlib import Path

from ..atomic import output_errors, writable_path, write_atomically
from ..errors import PackageError
from ..package.descriptor import open_folder, read_package
from ..package.ledger import QUOTATIONS
from ..validation.house.quotations import record
from ..validation.provenance import SourceVerification, verify_source


def record_quotations(path: Path, article: Path) -> SourceVerification:
    """Compare a package with the article, and record the checksum of every row if all are found.

    Args:
        path: Folder of the package, or its `datapackage.json`.
        article: Text file of the article, as in `verify_source`.

    Returns:
        The comparison. If it is not valid, nothing is written.

    Raises:
        BonemetError: The package or the text cannot be read.
        UnsafePathError: The file of the record is a link, or is in a linked folder.
        OutputError: The record cannot be written, and is unchanged.
    """
    folder = open_folder(path)
    package = read_package(folder)
    verification = verify_source(package, article)
    if verification.valid:
        if not verification.rows:
            raise PackageError("No field of the package is verbatim: there is nothing to record.")
        target = writable_path(folder.root, QUOTATIONS)
        with output_errors(target):
            target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, record(package))
    return verification
