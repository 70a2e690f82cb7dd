"""A pandera check for constraints without an equivalent built-in check."""

from typing import Any

from ..errors import UnsupportedSchemaError
from ..extras import PANDERA

with PANDERA:
    from pandera.api.checks import Check


class CustomCheck(Check):
    """A check that can be pickled, but not written to YAML, JSON or a script.

    When pandera writes a schema, it omits checks that are not registered, and the schema would then
    accept invalid data (https://github.com/unionai-oss/pandera/issues/929).
    """

    @classmethod
    def get_backend(cls, check_obj: Any) -> Any:
        """Return the backend of `Check`, because backends are not inherited."""
        return Check.get_backend(check_obj)

    @property
    def registry_name(self) -> str | None:
        """Raise UnsupportedSchemaError; pandera reads this property when it writes a check."""
        columns = ", ".join((self.statistics or {}).get("columns", ()))
        raise UnsupportedSchemaError(
            f"pandera cannot write the constraint {self.name} of {columns}: pickle the pandera "
            "schema, or share the Table Schema."
        )
