"""Print every table of the data package as JSON: LibreOffice, which writes spreadsheets."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from python_calamine import CalamineWorkbook

# Comma, double quote, UTF-8, from line 1, and for each of 30 columns the type "text".
TEXT = "CSV:44,34,76,1," + "/".join(f"{column}/2" for column in range(1, 31))

package = json.loads(Path("datapackage.json").read_text(encoding="utf-8"))
paths = [resource["path"] for resource in package["resources"]]
tables = {}
with tempfile.TemporaryDirectory() as folder:
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            f"--infilter={'CSV:44,34,76' if '--defaults' in sys.argv else TEXT}",
            "--convert-to",
            "xlsx",
            "--outdir",
            folder,
            *paths,
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    for resource in package["resources"]:
        workbook = CalamineWorkbook.from_path(
            str(Path(folder, Path(resource["path"]).with_suffix(".xlsx").name))
        )
        header, *rows = workbook.get_sheet_by_index(0).to_python()
        tables[resource["name"]] = {
            # The reader of the spreadsheet returns an empty cell as empty text.
            "rows": [
                {name: None if cell == "" else cell for name, cell in zip(header, row, strict=True)}
                for row in rows
            ]
        }
print(json.dumps(tables, default=str))
