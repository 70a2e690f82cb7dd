"""A server of the Model Context Protocol, which lets assistants read the data and check tables."""
