"""The validation of a data package, one module for each stage.

The stages run in the order profile, integrity, csv_form, schema, dependencies, consistency,
releases, and, on request, frictionless. The rules of consistency are in the modules article,
citations, concepts, mentions, statements, evidence, curies, mappings and synonyms.
"""
