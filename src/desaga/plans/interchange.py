"""Actions in the interchange format (reading/schema.json), between the reader, forms and the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .dates import last_day
from .models import Action, Alignment, Plan, Theme
from .states import Basis

Data = Mapping[str, Any]


def blank_action() -> dict[str, Any]:
    """An action of which nothing is known yet."""
    return {
        "id": "",
        "code": None,
        "theme": None,
        "title": "",
        "how": "",
        "success": "",
        "timeframe": {"text": "", "start": None, "end": None, "precision": "none", "continuous": False},
        "milestones": [],
        "depends_on": [],
        "owners": [],
        "alignments": [],
        "status": None,
        "rag": None,
        "comments": "",
        "updates": [],
        "business_as_usual": False,
        "source": {"sheet": None, "page": None, "row": None},
        "notices": [],
    }


def fields_of(data: Data) -> dict[str, Any]:
    """The columns of `Action` that an action in the interchange format fills, its parts, theme and source apart."""
    when = data["timeframe"]
    return {
        "code": data["code"] or "",
        "title": data["title"],
        "how": data["how"],
        "success": data["success"],
        "when_text": when["text"],
        "starts": when["start"] or "",
        "ends": when["end"] or "",
        "precision": when["precision"],
        "continuous": when["continuous"],
        "last_day": last_day(when["end"]),
        "status": data["status"] or "",
        "rag": data["rag"] or "",
        "comments": data["comments"],
        "business_as_usual": data["business_as_usual"],
    }


def source_fields_of(data: Data) -> dict[str, Any]:
    """Where the action stands in its document, as columns of `Action`."""
    source = data["source"]
    return {
        "reading_id": data["id"],
        "source_sheet": source["sheet"] or "",
        "source_page": source["page"],
        "source_row": source["row"],
    }


def stable_id(action: Action) -> str:
    """What names the action from one edition to the next: the reader's id, else one of our own for what was added by hand."""
    return action.reading_id or f"desaga-{action.pk}"


def alignment_as_data(alignment: Alignment) -> dict[str, Any]:
    """What an action answers in the interchange format; a reason stands only where there is one."""
    data = {
        "framework": alignment.framework or None,
        "code": alignment.code,
        "text": alignment.text,
        "basis": alignment.basis,
    }
    return {**data, "reason": alignment.reason} if alignment.reason else data


def alignment_from(data: Data, **owner: Any) -> Alignment:
    """The row, not yet saved, that such data stand for; `owner` is whose it is."""
    is_suggested = data["basis"] == Basis.SUGGESTED
    return Alignment(
        **owner,
        framework=data["framework"] or "",
        code=data["code"],
        text=data["text"],
        basis=data["basis"],
        reason=data.get("reason", "") if is_suggested else "",
    )


def action_as_data(action: Action) -> dict[str, Any]:
    """A committed action in the interchange format again; its parts must be prefetched (`queries.actions_whole`)."""
    return {
        "id": stable_id(action),
        "code": action.code or None,
        "theme": (action.theme.code or action.theme.title) if action.theme else None,
        "title": action.title,
        "how": action.how,
        "success": action.success,
        "timeframe": {
            "text": action.when_text,
            "start": action.starts or None,
            "end": action.ends or None,
            "precision": action.precision,
            "continuous": action.continuous,
        },
        "milestones": [
            {"label": m.label, "start": m.starts or None, "end": m.ends or None} for m in action.milestones.all()
        ],
        "depends_on": [_dependency(action, d) for d in action.dependencies.all() if d.text],
        "owners": [
            {"text": o.text, "code": o.code or None, "kind": o.kind, "role": o.role} for o in action.owners.all()
        ],
        "alignments": [alignment_as_data(a) for a in action.alignments.all()],
        "status": action.status or None,
        "rag": action.rag or None,
        "comments": action.comments,
        "updates": [
            {"period": u.period, "status": u.status or None, "rag": u.rag or None, "text": u.text}
            for u in action.updates.all()
        ],
        "business_as_usual": action.business_as_usual,
        "source": {"sheet": action.source_sheet or None, "page": action.source_page, "row": action.source_row},
        "notices": [
            {"field": d.field, "kind": d.kind, "message": d.message}
            for d in action.doubts.all()
            if d.settled_at is None
        ],
    }


def _dependency(action: Action, dependency: Any) -> dict[str, Any]:
    """Its words, and the action where somebody said which; what the words name is recognised anew wherever they are read."""
    told = {"text": dependency.text}
    if dependency.on and not dependency.is_recognised:
        told["on"] = {"id": stable_id(dependency.on), "above": dependency.on.plan_id != action.plan_id}
    return told


def plan_as_data(plan: Plan, themes: Iterable[Theme], actions: Iterable[Action]) -> dict[str, Any]:
    """A whole plan in the interchange format; give `queries.themes_of(plan)` and `queries.actions_whole(plan)`."""
    return {
        "title": plan.title,
        "period": {"start": plan.starts or None, "end": plan.ends or None},
        "themes": [{"code": theme.code or None, "title": theme.title} for theme in themes],
        "actions": [action_as_data(action) for action in actions],
        **{name: getattr(plan, name) for name in ("glossary", "phases", "frameworks", "unplaced", "notices")},
    }
