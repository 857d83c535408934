"""How a changed status, RAG or comment becomes a dated update: nothing that was said is lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..dates import said


def said_before(was: Mapping[str, Any], today: date) -> list[dict[str, Any]]:
    """What an action in the interchange format said until now, as an update, unless one holds it already."""
    told = was["updates"]
    held = all(not was[name] or any(one[name] == was[name] for one in told) for name in ("status", "rag"))
    if held and (not was["comments"] or any(one["text"] == was["comments"] for one in told)):
        return []
    return [update_said(was, was["comments"], f"Before {said(today.isoformat())}")]


def update_said(data: Mapping[str, Any], text: str, period: str) -> dict[str, Any]:
    """What an action says of how it goes, as an update of a period."""
    return {"period": period, "status": data["status"], "rag": data["rag"], "text": text}
