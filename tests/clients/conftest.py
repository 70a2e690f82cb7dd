"""The programs are run, not imported."""

collect_ignore = ["programs"]
