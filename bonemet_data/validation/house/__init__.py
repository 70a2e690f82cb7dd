"""The rules of the package bonemet-data, which apply to other packages only on request.

`stage` runs them: the descriptor and its files, the canonical form of the CSV files (csv_form), and
the rules between the tables (consistency), which are in the modules article, citations, concepts,
mentions, statements, evidence, curies, mappings and synonyms.
"""
