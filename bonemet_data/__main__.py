"""Run the command line with `python -m bonemet_data`.

Python puts the current folder first on the module path, where data under judgment may lie, so it is
removed before anything else is imported. Python itself and `bonemet_data/__init__.py` are found
earlier: start with `bonemet-data` or `python -P -m bonemet_data` in a folder that is not trusted.
"""

import os
import sys

if __name__ == "__main__":
    if not sys.flags.safe_path and sys.path[0] in {"", os.getcwd()}:  # noqa: PTH109 - pathlib is not imported yet
        del sys.path[0]
    from bonemet_data.cli import main

    main(prog_name="bonemet-data")
