"""The commands that write the data in other forms: export and site."""

from pathlib import Path

import click

import bonemet_data as bm

from . import completion, terminal
from .completion import completes
from .group import main
from .options import quiet_option
from .status import READS_DATA


def _list_formats(ctx: click.Context, _: click.Parameter, requested: bool) -> None:
    if requested:
        from ..publishing.exports.formats import FORMATS

        for each in FORMATS.values():
            terminal.say(f"{each.name:<10} {each.suffix or 'folder':<12} {each.meaning}")
        ctx.exit()


@main.command(
    "export",
    examples=[
        "bonemet-data export --list",
        "bonemet-data export sqlite -o bonemet.sqlite",
        "bonemet-data export parquet -o bonemet --overwrite",
        "bonemet-data export json -o bonemet.json --release 2.0.0",
    ],
    statuses=READS_DATA,
)
@click.argument(
    "format_name", metavar="FORMAT", shell_complete=completes(completion.export_formats)
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="File or folder to write.",
)
@click.option(
    "--release",
    "version",
    shell_complete=completes(completion.releases),
    help="Released version; the default is the installed data.",
)
@click.option("--overwrite", is_flag=True, help="Replace an earlier export.")
@click.option(
    "--list",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_formats,
    help="List the formats, and exit.",
)
@quiet_option
def write_export(format_name: str, output: Path, version: str | None, overwrite: bool) -> None:
    """Write the data in another format.

    FORMAT is one of the formats that --list prints. The export states the version, license and
    citation of the data. Two exports of one version have the same content.
    """
    bm.export(format_name, output, version=version, overwrite=overwrite)
    terminal.note(f"Wrote {output}.")


@main.command("site", examples=["bonemet-data site browser"], statuses=READS_DATA)
@click.argument("output", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="Write into a folder that contains other files.")
@quiet_option
def write_site(output: Path, overwrite: bool) -> None:
    """Write the data browser: web pages that need no server.

    OUTPUT is a folder: a new one, an empty one, or a former site. With --overwrite, files of the
    same name are replaced in any other folder; all others stay. Open its index.html in a browser.
    """
    from ..publishing.site import build_site, write_folder
    from ..publishing.site.wording import size

    files = build_site()
    write_folder(output, files, overwrite=overwrite)
    if not terminal.is_quiet():
        total = size(sum(map(len, files.values())))
        terminal.say(f"Wrote {output / 'index.html'}: {len(files)} files, {total}.")
