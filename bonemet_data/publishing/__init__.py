"""What maintainers do: stamp the descriptor, make a release, export the mappings."""
