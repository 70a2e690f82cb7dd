"""JSON Schemas of single values, checked by the library jsonschema.

Nothing is fetched, and patterns are matched by Polars, in linear time.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from .problems import OptionError
from .values import Json


def check_json_schema(schema: Mapping[str, Any]) -> Json:
    """Return a JSON Schema as a value that can be hashed, if it is valid and can be applied.

    Raises:
        OptionError: It is not valid, or needs what is not supported.
    """
    try:
        from jsonschema import exceptions, validators
    except ImportError as error:
        message = "jsonSchema requires the library jsonschema: install the extra validate"
        raise OptionError(message, supported=False) from error
    if any(not str(link).startswith("#") for link in _all(schema, "$ref")):
        raise OptionError("a JSON Schema elsewhere is not fetched", supported=False)
    if any(_all(schema, "patternProperties")):
        raise OptionError("patternProperties of a JSON Schema are not supported", supported=False)
    draft: Any = validators.validator_for(schema, default=validators.Draft202012Validator)
    try:
        draft.check_schema(schema)
        json_schema_test(Json(dict(schema)))(Json({}))
    except exceptions.SchemaError as error:
        raise OptionError(f"is not a valid JSON Schema: {error.message:.200}") from error
    except (RecursionError, ArithmeticError, TypeError, ValueError) as error:
        raise OptionError(f"is a JSON Schema that cannot be applied: {error}") from error
    for pattern in filter(_is_text, _all(schema, "pattern")):
        _match(pattern, "")
    return Json(dict(schema))


def json_schema_test(schema: Json) -> Callable[[Any], bool]:
    """Return a function that tests whether a `Json` value conforms to a JSON Schema.

    A reference that would have to be fetched makes the test fail with ValueError.
    """
    from jsonschema import exceptions, validators
    from referencing import Registry
    from referencing.exceptions import Unresolvable

    content = schema.content
    draft = validators.validator_for(content, default=validators.Draft202012Validator)

    def pattern(_: Any, regex: str, instance: object, __: Any) -> Iterator[Any]:
        if isinstance(instance, str) and not _match(regex, instance):
            yield exceptions.ValidationError(f"{instance!r} does not match {regex!r}")

    extend: Any = validators.extend
    extended = extend(draft, {"pattern": pattern})
    validator = extended(content, registry=Registry())

    def test(value: Any) -> bool:
        try:
            return bool(validator.is_valid(_floats(value.content)))
        except (Unresolvable, RecursionError) as error:
            raise ValueError(f"cannot be checked with its JSON Schema: {error}") from error

    return test


def _match(regex: str, text: str) -> bool:
    import polars as pl

    try:
        return bool(pl.select(pl.lit(text).str.contains(regex)).item())
    except pl.exceptions.PolarsError as error:
        raise OptionError(f"pattern {regex!r:.200} is not supported", supported=False) from error


def _floats(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _floats(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_floats(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _all(schema: object, keyword: str) -> Iterator[Any]:
    """Iterate over the values of a keyword, at any depth."""
    if isinstance(schema, Mapping):
        if keyword in schema:
            yield schema[keyword]
        for item in schema.values():
            yield from _all(item, keyword)
    elif isinstance(schema, list):
        for item in schema:
            yield from _all(item, keyword)
