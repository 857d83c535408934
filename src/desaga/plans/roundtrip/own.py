"""Files that Desaga wrote itself, or another program in the interchange format: read as they are, nothing is guessed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from ..reading.model import Action, Plan
from .columns import BY_KEY, CellNotUnderstood, changed, update_of
from .sheet import Row, Sheet, read_sheet


def read_own(path: Path) -> dict[str, Any] | None:
    """What `sources.read_with_rows` gives, with the `sheet` where it was one; None for any other document.

    Raises `UnreadableDocument` for JSON that is not in the interchange format.
    """
    if path.suffix.lower() == ".json":
        return _read_interchange(path)
    sheet = _sheet(path)
    if sheet is None:
        return None
    plan = Plan(title=path.stem).as_dict()
    plan["actions"] = [_action_of(row) for row in sheet.rows]
    ids = [action["id"] for action in plan["actions"]]
    for at, action in enumerate(plan["actions"]):
        action["id"] = (
            action["id"] if action["id"] and ids.index(action["id"]) == at else f"row-{sheet.rows[at].number}"
        )
    plan["themes"] = [{"code": None, "title": name} for name in _themes(plan["actions"])]
    rows = [[_source(row)] for row in sheet.rows]
    return {"plan": plan, "rows": rows, "format": path.suffix[1:].lower(), "sheet": sheet.as_dict()}


def _sheet(path: Path) -> Sheet | None:
    try:
        return read_sheet(path.name, path.read_bytes())
    except Exception:  # A file that cannot be opened in this way is the general reader's to judge.
        return None


def _themes(actions: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(action["theme"] for action in actions if action["theme"]))


def _source(row: Row) -> dict[str, Any]:
    cells = [{"head": BY_KEY[key].heading, "text": text} for key, text in row.cells.items() if text]
    cells += [{"head": period, "text": text} for period, text in row.periods.items() if text]
    return {"where": f"row {row.number}", "cells": cells}


def _action_of(row: Row) -> dict[str, Any]:
    data: dict[str, Any] = Plan(actions=[Action(id=row.id)]).as_dict()["actions"][0]
    data["source"]["row"] = row.number
    for key, text in row.cells.items():
        try:
            data |= changed(data, {key: text})
        except CellNotUnderstood as error:
            data["notices"].append({"field": key, "kind": "reading", "message": str(error)})
    data["updates"] = [update_of(period, text) for period, text in row.periods.items() if text]
    return data


def _read_interchange(path: Path) -> dict[str, Any]:
    from desaga.documents import UnreadableDocument

    try:
        plan = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise UnreadableDocument(
            "corrupt", "This file is not JSON. Take the plan out again, and bring that file."
        ) from None
    if fault := _fault_in(plan):
        sentence = (
            f"This JSON is not a plan in the interchange format: {fault}. The format is described in the documentation."
        )
        raise UnreadableDocument("corrupt", sentence)
    rows = [
        [{"where": f"action {number}", "cells": [{"head": "Action", "text": action["title"]}]}]
        for number, action in enumerate(plan["actions"], 1)
    ]
    return {"plan": plan, "rows": rows, "format": "json"}


def _fault_in(plan: Any) -> str:
    from jsonschema import Draft202012Validator

    schema: Mapping[str, Any] = json.loads(
        resources.files("desaga.plans.reading").joinpath("schema.json").read_text("utf-8")
    )
    fault = next(iter(Draft202012Validator(schema).iter_errors(plan)), None)
    if fault is None:
        return ""
    where = " / ".join(str(part + 1 if isinstance(part, int) else part) for part in fault.absolute_path)
    return f"{where or 'the whole'}: {fault.message[:200]}"
