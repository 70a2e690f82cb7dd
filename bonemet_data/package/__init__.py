"""The package on disk: descriptor, storage, CSV reading, references, checksums and releases."""
