"""Open the resources of data packages as tables."""

from ..errors import UnsupportedDataError
from ..package.descriptor import Package
from ..package.resource import Resource
from .tables import CsvTable, Table
from .temporary_files import Scratch


def open_resource(package: Package, resource: Resource, scratch: Scratch) -> list[Table]:
    """Open the data of a resource as tables, which are the parts of one table.

    Args:
        package: The package.
        resource: The resource.
        scratch: Temporary folder for data that must be unpacked.

    Raises:
        DataError: The data cannot be read.
        UnsupportedDataError: The data are remote, or their format is not implemented.
        PackageError: A file is missing, or its path is not safe.
    """
    if resource.remote:
        raise UnsupportedDataError(f"{resource.path} is remote, and is never fetched.")
    dialect, _ = package.dialect(resource)
    return [
        CsvTable(
            package.storage.source(path),
            package.storage.display_name(path),
            dialect.delimiter or ",",
        )
        for path in resource.paths
    ]
