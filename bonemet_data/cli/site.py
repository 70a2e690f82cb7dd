"""The command site."""

from pathlib import Path

import click

from . import terminal
from .group import main
from .options import quiet_option
from .status import READS_DATA


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
