"""Data packages on disk: descriptor, storage, CSV, foreign keys, checksums and releases."""
