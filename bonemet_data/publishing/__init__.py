"""What maintainers do: stamp, release and export."""
