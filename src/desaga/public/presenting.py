"""The public page in words and pictures, from the public copy alone: no queries, no requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from desaga.plans.dates import said
from desaga.plans.models import Plan
from desaga.plans.origins import Origin
from desaga.plans.presenting import chart_by_theme, when_of
from desaga.plans.states import OwnerRole, Rag, Status

from .copying import Content, labels_of
from .models import HeldPlan

NO_THEME = "Without a theme"


@dataclass(frozen=True, slots=True)
class Row:
    """An action as the public page shows it; what is not public is empty."""

    key: str
    label: str
    title: str
    theme: str
    how: str
    success: str
    who: str
    when: str
    status: Status | None
    rag: Rag | None
    is_usual: bool
    answers: str
    stages: list[str]
    measures: list[dict[str, str]]
    account: dict[str, str] | None

    def holds(self, words: str) -> bool:
        """Whether every word stands somewhere in what is shown."""
        text = " ".join((self.label, self.title, self.theme, self.how, self.success, self.who, self.answers)).casefold()
        return all(word in text for word in words.casefold().split())


@dataclass(frozen=True, slots=True)
class Group:
    """Actions under one heading."""

    heading: str
    rows: list[Row] = field(default_factory=list)


def themes_of(content: Content) -> dict[str, str]:
    """What each theme is called in full, by what actions call it; in the plan's order."""
    return {one["code"] or one["title"]: _theme(one) for one in content["plan"]["themes"]}


def rows_of(content: Content) -> list[Row]:
    """All actions, in the plan's order."""
    themes, actions = themes_of(content), content["plan"]["actions"]
    labels, unnamed = labels_of(actions), content["unnamed"]
    return [_row(one, labels[one["id"]], themes, content, unnamed.get(one["id"], ())) for one in actions]


def narrowed(rows: Iterable[Row], wanted: Mapping[str, str]) -> list[Row]:
    """The actions that a filter asks for: q, theme, status ("none" for none, "usual" for business as usual)."""
    q, theme, status = (wanted.get(name) or "" for name in ("q", "theme", "status"))
    return [one for one in rows if one.holds(q) and theme in ("", one.theme) and _is(one, status)]


def grouped(rows: Iterable[Row]) -> list[Group]:
    """Actions by theme, those without one last; one group without heading where none has one."""
    groups: dict[str, Group] = {}
    for row in rows:
        groups.setdefault(row.theme, Group(row.theme)).rows.append(row)
    if list(groups) == [""]:
        return list(groups.values())
    without = [Group(NO_THEME, groups.pop("").rows)] if "" in groups else []
    return [*groups.values(), *without]


def progress_of(rows: Iterable[Row], day: date) -> Any:
    """The picture of how far the actions are, by theme; None where there is nothing to show."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        if not row.is_usual:
            counts.setdefault(row.theme or "All actions", Counter())[row.status or ""] += 1
    return chart_by_theme(list(counts.items()), day)


def sentence_of(rows: list[Row], shows_status: bool) -> str:
    """How the plan stands, in one sentence."""
    chased = [one for one in rows if not one.is_usual]
    usual = len(rows) - len(chased)
    also = f" {usual} more {'is' if usual == 1 else 'are'} business as usual." if usual else ""
    if not shows_status:
        return f"{_count(len(chased))}.{also}"
    done = sum(one.status == Status.COMPLETE for one in chased)
    going = sum(one.status == Status.IN_PROGRESS for one in chased)
    return f"{done} of {_count(len(chased))} {'is' if done == 1 else 'are'} complete, {going} in progress.{also}"


def period_of(content: Content) -> str:
    period = content["plan"]["period"]
    return " to ".join(said(day) for day in (period["start"], period["end"]) if day)


def described(content: Content, sentence: str) -> str:
    """What other sites say of the page: who, for when, and how it stands."""
    return " ".join(
        filter(None, [f"{content['organisation']}.", f"{period_of(content)}." if period_of(content) else "", sentence])
    )


def origin_sentence(content: Content) -> str:
    """Whose words a held plan is; "" for an organisation's own."""
    origin = content["origin"]
    return f"As published by {origin['of']}, taken on {said(origin['taken_on'])}." if origin else ""


def origin_told(plan: Plan) -> Origin | None:
    """For the pages of `plans`: whose words a plan is that the organisation holds."""
    held = HeldPlan.objects.filter(plan=plan).select_related("of").first()
    return held and Origin(held.origin, reverse("public:show_held_plan", args=[plan.organisation.slug, plan.pk]))


# ---- One row


def _row(
    action: Mapping[str, Any], label: str, themes: Mapping[str, str], content: Content, unnamed: Sequence[str]
) -> Row:
    return Row(
        key=action["id"],
        label=label,
        title=" ".join(action["title"].split()) or "(no title)",
        theme=themes.get(action["theme"] or "", action["theme"] or ""),
        how=action["how"],
        success=action["success"],
        who=_who(action["owners"], unnamed),
        when=when_of(action["timeframe"]),
        status=Status(action["status"]) if action["status"] else None,
        rag=Rag(action["rag"]) if action["rag"] else None,
        is_usual=action["business_as_usual"],
        answers=", ".join(
            dict.fromkeys(f"{one['framework'] or ''} {one['code']}".strip() for one in action["alignments"])
        ),
        stages=[_stage(one) for one in action["milestones"]],
        measures=content["measures"].get(action["id"], []),
        account=content["narratives"].get(action["id"]),
    )


def _who(owners: Iterable[Mapping[str, Any]], unnamed: Sequence[str]) -> str:
    told = [
        one["text"] if one["role"] == OwnerRole.LEAD else f"{one['text']} ({OwnerRole(one['role']).label.lower()})"
        for one in owners
    ]
    return ", ".join([*told, *unnamed])


def _stage(stage: Mapping[str, Any]) -> str:
    dates = " to ".join(dict.fromkeys(said(day) for day in (stage["start"], stage["end"]) if day))
    return f"{stage['label']}: {dates}" if dates else stage["label"]


def _theme(theme: Mapping[str, Any]) -> str:
    code, title = theme["code"] or "", theme["title"]
    return title if not code or title.casefold().startswith(code.casefold()) else f"{code}: {title}".rstrip(": ")


def _is(row: Row, status: str) -> bool:
    if status == "usual":
        return row.is_usual
    return status in ("", row.status) or (status == "none" and row.status is None and not row.is_usual)


def _count(number: int) -> str:
    return f"{number} action{'' if number == 1 else 's'}"
