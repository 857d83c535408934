"""A panel from JSON. What is not understood is refused, never passed over: a misspelt key would leave out a conflict."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar

from .panel import Application, BadPanel, Pair, Panel, Reviewer, is_whole

PANEL = {"applications", "reviewers", "per_application", "conflicts", "affinity", "spread", "kept"}
#: What must be there, and what it is.
NEEDED = {
    "applications": 'List them, each as {"id": …, "organisation": …}.',
    "reviewers": 'List them, each as {"id": …, "organisation": …, "max": …}.',
    "per_application": "Say how many reviewers each application gets, such as 3.",
}
One = TypeVar("One")


class NumberId(str):
    """An id that was a whole number in the file, and is written as one again."""

    __slots__ = ()


def read_panel(text: str) -> Panel:
    """The panel of a JSON text. Ids may be text or whole numbers; here they are text."""
    data = _object(_parsed(text), "The file", PANEL)
    for key in NEEDED:
        if key not in data:
            raise BadPanel(f"{key} is missing. {NEEDED[key]}")
    affinity = _object(_or(data, "affinity", {}), "affinity", None)
    return Panel(
        applications=_each(data, "applications", _application),
        reviewers=_each(data, "reviewers", _reviewer),
        per_application=data["per_application"],
        conflicts=_each(data, "conflicts", _pair),
        affinity={one: _object(row, f"affinity of {one}", None) for one, row in affinity.items()},
        spread=_or(data, "spread", 0),
        kept=_each(data, "kept", _pair),
    )


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except BadPanel:
        raise
    except json.JSONDecodeError as error:
        raise BadPanel(
            f"This is not JSON: line {error.lineno}, column {error.colno}. {error.msg[:1].upper()}{error.msg[1:]}."
        ) from error
    except (ValueError, RecursionError) as error:
        raise BadPanel("This JSON holds a number that is too long, or is nested too deeply.") from error


def _once(items: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(items)
    if len(found) < len(items):
        twice = next(key for key, times in Counter(key for key, _ in items).items() if times > 1)
        raise BadPanel(f"The key {twice} occurs twice in one object. Leave one of them out.")
    return found


def _no_number(word: str) -> NoReturn:
    raise BadPanel(f"{word} is not a number that can be reckoned with. Write a number such as 1.5.")


def _or(data: Mapping[str, Any], key: str, absent: Any) -> Any:
    return absent if data.get(key) is None else data[key]


def _object(value: object, what: str, keys: set[str] | None) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadPanel(f"{what} must be an object: {{…}}.")
    for key in value:
        if keys is not None and key not in keys:
            raise BadPanel(f"{what} has a key that is not known: {key}. Known are {', '.join(sorted(keys))}.")
    return value


def _each(data: Mapping[str, Any], key: str, read: Callable[[object, str], One]) -> tuple[One, ...]:
    values = _or(data, key, [])
    if not isinstance(values, list):
        raise BadPanel(f"{key} must be a list: […].")
    return tuple(read(value, f"{key}, number {n}") for n, value in enumerate(values, 1))


def _application(value: object, where: str) -> Application:
    data = _object(value, where, {"id", "organisation", "name"})
    return Application(
        _id(data.get("id"), f"{where}, id"), _word(data, "organisation", where), _word(data, "name", where)
    )


def _reviewer(value: object, where: str) -> Reviewer:
    data = _object(value, where, {"id", "organisation", "max", "name"})
    organisation, name = _word(data, "organisation", where), _word(data, "name", where)
    return Reviewer(_id(data.get("id"), f"{where}, id"), organisation, data.get("max"), name)


def _pair(value: object, where: str) -> Pair:
    if not isinstance(value, list) or len(value) != 2:
        raise BadPanel(f"{where}, must be a list of two ids: [application, reviewer].")
    return _id(value[0], where), _id(value[1], where)


def _word(data: Mapping[str, Any], key: str, where: str) -> str:
    value = data.get(key)
    return "" if value is None or value == "" else _id(value, f"{where}, {key}")


def _id(value: object, where: str) -> str:
    """Text as it stands, or a whole number as text."""
    if is_whole(value):
        return NumberId(value)
    if not isinstance(value, str) or not value.strip():
        raise BadPanel(f"{where}: this must be text that is not empty, or a whole number.")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise BadPanel(f"{where}: this holds half a character and is no text.") from error
    return value
