"""Compare two data packages: their changes, and the version step that the changes require."""
