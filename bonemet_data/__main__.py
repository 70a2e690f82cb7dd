"""Run the command line with `python -m bonemet_data`."""

from .cli import main

if __name__ == "__main__":
    main(prog_name="bonemet-data")
