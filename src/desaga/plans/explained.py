"""What a document's glossary says besides a meaning: that a name is one in each faculty, or that a faculty has technical workforce."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from desaga.organisations.states import UnitKind

LONGEST_CODE, LONGEST_NAME = 40, 200
_KINDS = {"faculties": UnitKind.FACULTY} | {
    form: kind
    for kind in (UnitKind.FACULTY, UnitKind.SCHOOL, UnitKind.DEPARTMENT, UnitKind.INSTITUTE, UnitKind.SERVICE)
    for form in (kind.value, f"{kind.value}s")
}
_KIND = r"(?P<kind>facult(?:y|ies)|schools?|departments?|institutes?|services?)"
_ONE_PER = re.compile(
    rf"\b(?:one|1)\s+(?:per|for\s+(?:each|every)|in\s+(?:each|every))\s+{_KIND}\b(?P<rest>[^.;]*)", re.I
)
_UNIT = re.compile(rf"^\W*(?:a\s+)?{_KIND}\s+(?:with|that\s+has)\s+(?:a\s+)?technical\s+(?:workforce|staff)\b", re.I)
_WORKFORCE = re.compile(
    r"\b(?:with|that (?:has|have))\s+(?:a\s+)?(?:technical (?:workforce|staff)|technicians)\b", re.I
)


def one_per(row: Mapping[str, Any]) -> dict[str, Any]:
    """For a name that is one in each unit of a kind ("one per faculty with technical workforce") the fields of a party; else none."""
    match = _ONE_PER.search(f"{row['meaning']}. {row['comment'] or ''}")
    if not match:
        return {}
    only = bool(_WORKFORCE.search(match["rest"]))
    return {"one_per": _kind(match), "only_with_technical_workforce": only}


def units_explained(glossary: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The units of which a glossary says that they have technical workforce: code, name, kind."""
    return [
        {"code": row["code"], "name": " ".join(row["meaning"].split()), "kind": _kind(match)}
        for row in glossary
        if row["meaning"]
        and 0 < len(row["code"]) <= LONGEST_CODE
        and len(row["meaning"]) <= LONGEST_NAME
        and (match := _UNIT.match(row["comment"] or ""))
    ]


def _kind(match: re.Match[str]) -> str:
    return _KINDS[match["kind"].casefold()].value
