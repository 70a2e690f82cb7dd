"""The check of pandera for a constraint that none of its built-in checks expresses."""

from typing import Any

from ..errors import UnsupportedSchemaError
from ..extras import PANDERA

with PANDERA:
    from pandera.api.checks import Check


class CustomCheck(Check):
    """A check that can be pickled, and that pandera refuses to write to YAML, JSON or a script.

    pandera skips checks that are not registered when it writes a schema, so that the schema read
    back accepts what the original rejects
    (https://github.com/unionai-oss/pandera/issues/929).
    """

    @classmethod
    def get_backend(cls, check_obj: Any) -> Any:
        """Return the backend of `Check`, which is registered for that class alone."""
        return Check.get_backend(check_obj)

    @property
    def registry_name(self) -> str | None:
        """Raise UnsupportedSchemaError: pandera asks for this name when it writes a check."""
        columns = ", ".join((self.statistics or {}).get("columns", ()))
        raise UnsupportedSchemaError(
            f"pandera cannot write the constraint {self.name} of {columns}: pickle the schema, or "
            "share the Table Schema."
        )
