"""Findings, rules and reports, and the output formats of reports."""
