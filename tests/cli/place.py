"""A folder with the files that the examples of the help name, where they run."""

import csv
import gzip
import io
import json
import shutil
from pathlib import Path

import polars as pl

from bonemet_data.package.checksums import sha256
from tests.conftest import ROOT, Copy
from tests.validation.test_provenance import TEXT

FIELDS = [
    {"name": "lesion_type", "type": "string"},
    {"name": "symptom", "type": "string"},
    {"name": "postcode", "type": "string", "constraints": {"pattern": "[0-9]{5}"}},
]
COHORT = "lesion_type,symptom,postcode\nmixed,pain,01234\n"
FILES = {
    "cohort.csv": COHORT,
    "cohort/1.csv": COHORT,
    "cohort.json": json.dumps({"fields": FIELDS}),
    "diagnoses.csv": "icd_code\nC79.51\nC61\n",
    "visits.csv": "dx,codes\nC79.51,C79.51;C61\n",
    "registry.csv": "diagnosis\nprostate cancer\n",
    "orders.csv": "drug\nZometa\n",
    "accepted.csv": "column;value;replacement\nsymptom;pain;fatigue\n",
    "article.txt": TEXT,
}


def prepare(root: Path) -> None:
    """Write the files into a copy of the published package without releases."""
    shutil.copy(ROOT / "datapackage.json", root)
    for folder in ("datapackage", "schemas"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("releases"))
    checksum = sha256(TEXT.encode())
    Copy(root).describe(lambda d: d["sources"][0].update({"spdx:checksum": checksum}))
    shutil.copytree(ROOT / "tests/data/small", root / "my-package")
    shutil.make_archive(str(root / "my-package"), "zip", root / "my-package")
    for name, text in FILES.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="")
    with gzip.open(root / "diagnoses.csv.gz", "wt", encoding="utf-8") as file:
        file.write("icd_code,icd_version\nC7951,10\n1985,9\n")
    (root / "export.csv").write_bytes("dx;name\nC79.51;é\n".encode("cp1252"))
    (row,) = csv.DictReader(io.StringIO(COHORT))
    pl.DataFrame([row]).write_parquet(root / "cohort/2.parquet")
    with gzip.open(root / "export.csv.gz", "wt", encoding="utf-8") as file:
        file.write(COHORT.replace(",", ";"))
    accepted = pl.DataFrame({"column": ["symptom"], "value": ["pain"], "replacement": ["fatigue"]})
    accepted.write_excel(root / "accepted.xlsx")
    (root / "export.txt").write_bytes("dx|name\nC79.51|é\n".encode("cp1252"))
