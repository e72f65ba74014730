"""JSON as it was written: exact numbers, no name twice, no depth without end."""

import json
from typing import Any

from portal.api.problems import RefusedError

DEEPEST = 20  # levels; what we take has four


class Number(str):
    """A number of JSON, by its digits: nothing is rounded on the way."""

    __slots__ = ()


def parsed(raw: bytes) -> Any:
    """Return what a body says.

    Raises:
        RefusedError: it is not JSON, or not such as two readers would read alike.
    """
    try:
        value = json.loads(
            raw.decode(),
            parse_int=Number,
            parse_float=Number,
            parse_constant=refuse_constant,
            object_pairs_hook=without_repetition,
        )
    except RecursionError:
        raise RefusedError(400, "The JSON is nested too deeply.") from None
    except UnicodeDecodeError:
        raise RefusedError(400, "The body is not UTF-8.") from None
    except ValueError as error:
        raise RefusedError(400, f"The body is not JSON: {plain(error)}") from None
    if depth(value) > DEEPEST:
        raise RefusedError(400, "The JSON is nested too deeply.")
    return value


def plain(error: ValueError) -> str:
    """Say what is wrong with the JSON, and where; never what stands there."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} (line {error.lineno}, column {error.colno})."
    return str(error)


def refuse_constant(name: str) -> Any:
    """Refuse NaN and Infinity, which JSON does not know.

    Raises:
        ValueError: always.
    """
    raise ValueError(f"{name} is no number of JSON.")


def without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object.

    Raises:
        ValueError: a name stands there twice, and readers differ on which one counts.
    """
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object.")
    return found


def depth(value: Any) -> int:
    """Return how many levels there are, without recursion."""
    deepest, level = 0, [value]
    while level and deepest <= DEEPEST:
        deepest += 1
        level = [part for one in level for part in parts(one)]
    return deepest


def parts(value: Any) -> list[Any]:
    """Return what stands one level deeper."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
