"""The figures of a report, each with how it was counted. Pure: knows no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .drafting import Recorded


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it is called, and how it was counted, in words that stand at the end of the report."""

    key: str
    label: str
    value: str
    how: str


def as_data(figures: Iterable[Figure]) -> list[dict[str, str]]:
    """Figures as they are kept."""
    return [{"label": one.label, "value": one.value, "how": one.how} for one in figures]


def figures_of(recorded: Recorded) -> list[Figure]:
    """The figures of a plan and a period."""
    counted = Counter(one.reported for one in recorded.actions)
    total, updates = len(recorded.actions), sum(len(one.said) for one in recorded.actions)
    share = f"{round(100 * counted['completed'] / total)} %" if total else "none"
    period = (
        f"from {recorded.starts_on.day} {recorded.starts_on:%B %Y} to {recorded.ends_on.day} {recorded.ends_on:%B %Y}"
    )
    by_rule = (
        "Status and RAG together are put into three by the rule of your organisation, as the last updates until "
        f"{recorded.ends_on.day} {recorded.ends_on:%B %Y} say."
    )
    met = sum(1 for one in recorded.measures if one.is_met)
    return [
        Figure("actions", "Actions", str(total), "Actions of the plan; business as usual is left out."),
        Figure("completed", "Completed", str(counted["completed"]), by_rule),
        Figure("ongoing", "Ongoing", str(counted["ongoing"]), by_rule),
        Figure("delayed", "Delayed", str(counted["delayed"]), by_rule),
        Figure("share_completed", "Share completed", share, "Completed actions of all actions, rounded to whole per cent."),
        Figure("updates", "Updates", str(updates), f"Updates said {period}; “nothing new” and what came with a document are left out."),
        Figure("measures_met", "Measures reached", f"{met} of {len(recorded.measures)}", "Measures whose last reading reached the target."),
        Figure("reviews", "Reviews held", str(recorded.meetings), f"Meetings on the plan that were held {period}."),
        Figure("decisions", "Decisions", str(len(recorded.decisions)), f"Decisions written down in reviews {period}."),
    ]  # fmt: skip
