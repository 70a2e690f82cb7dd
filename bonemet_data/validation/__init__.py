"""The validation of a data package, one module for each stage.

The stages run in the order profile, integrity, csv_form, schema, consistency, releases, and, on
request, frictionless.
"""
