"""Tools for maintainers: update the descriptor, make a release, export the mappings."""
