// `minify.py` writes this file: the symbols of the button that changes between light and dark.
