"""The example of the page on Spark."""

import re

import pandas as pd
import pytest

import bonemet_data as bm
from tests.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark")]


def test_the_example_runs(spark, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (schema,), (script,) = (
        re.findall(rf"```{language}\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL)
        for page, language in (
            ("docs/how-to/check-tables.md", "json"),
            ("docs/how-to/spark.md", "python"),
        )
    )
    (tmp_path / "cohort.json").write_text(schema, encoding="utf-8")
    cohort = pd.DataFrame({"record_id": ["1"], "age": [50], "lesion_type": ["mixed"]})
    for folder in ("shared/cohort", "bucket/cohort"):
        (tmp_path / folder).mkdir(parents=True)
    cohort.to_csv("shared/cohort/1.csv", index=False)
    cohort.to_parquet("bucket/cohort/1.parquet")
    reports = []
    check = bm.check
    monkeypatch.setattr(bm, "check", lambda *data, **etc: reports.append(check(*data, **etc)))
    exec(script.replace('"/shared', '"shared').replace("s3://", f"file://{tmp_path}/"), {"bm": bm})
    assert [report.errors for report in reports] == [1, 0, 0]
