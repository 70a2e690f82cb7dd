"""Write the published data in a format that other software reads."""

from os import PathLike
from pathlib import Path

from ...atomic import new_path
from ...errors import OutputError
from ...names import unknown
from ...package.installed import installed_folder, open_version
from .formats import FORMATS


def export(
    format: str,  # noqa: A002 - the name that users expect
    output: str | PathLike[str],
    *,
    version: str | None = None,
    overwrite: bool = False,
) -> Path:
    """Write every table to a file or folder of another format.

    Args:
        format: Name of the format, such as "sqlite"; `bonemet-data export --list` lists them.
        output: Path of the file or folder to write. Its folder must exist.
        version: Released version, one of `releases()`. Default: the installed data.
        overwrite: Replace an existing file, or a folder that contains nothing but an earlier
            export. Default: False.

    Returns:
        The path of the file or folder. Two exports of one version have the same content.

    Raises:
        UnknownNameError: There is no such format or release.
        OutputError: The output exists, or cannot be written.
        MissingExtraError: The extra of the format is not installed.
        IntegrityError: The checksum of a file differs from the recorded one.

    See Also:
        load: Load one table as a frame.
        path: Return the path of the CSV file of a table.

    Example:
        >>> import bonemet_data as bm, json, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = bm.export("json", f"{folder}/bonemet.json")
        ...     data = json.loads(file.read_text(encoding="utf-8"))
        >>> data["tables"]["symptoms"][0]["prevalence_upper_percent"]
        75.0
    """
    if format not in FORMATS:
        raise unknown("export format", format, FORMATS)
    target = Path(output)
    package = open_version(version)
    _require_no_input(target)
    with new_path(target, overwrite=overwrite) as temporary:
        FORMATS[format].write(package, temporary)
    return target


def _require_no_input(target: Path) -> None:
    """Raise OutputError if a path is part of the installed data."""
    root = installed_folder().root.resolve()
    inputs = [root / name for name in ("datapackage.json", "datapackage", "schemas")]
    resolved = target.resolve()
    if any(resolved.is_relative_to(each) or each.is_relative_to(resolved) for each in inputs):
        raise OutputError(f"{target} is part of the installed data: choose another output.")
