"""The program needs the extra "mutate", which the tests do not."""

collect_ignore = ["mutate.py"]
