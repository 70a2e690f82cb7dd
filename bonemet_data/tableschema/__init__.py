"""Table Schema: the model, its types, patterns and constraints, and what is compiled from it."""
