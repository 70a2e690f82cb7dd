"""The validation of a data package, one module for each stage.

The stages run in the order profile, integrity, tables (with form), dependencies, house, and, on
request, frictionless. They work on anybody's data; the rules of the package bonemet-data are in the
folder house, in releases and in provenance.
"""
