"""Table Schema: model, parser, types and constraints; compilers for frames and pandera."""
