"""What became of a plan's actions, as tables that can leave Desaga: the figures, what they are reckoned from, and the rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from desaga.documents.out import Column, Table

from ..models import Plan
from ..queries.trajectories import trajectories_of, trajectory_rule
from ..states import Completion, Fate
from ..trajectories import CLASS_CHOICES, COLOUR_CHOICES, FORMULAS, ONLY_SAID, SOURCE, Metrics, Share, key_of

HEADINGS = {"theme": "Theme", "framework": "Framework", "study": "Theme of the study"}
COUNTED = (
    "Actions",
    "Completed",
    "Ongoing",
    "Delayed or failed",
    "Continued",
    "Related",
    "Stopped",
    "New",
    "Ongoing or delayed whose fate is said",
)


def tables_of_trajectories(plan: Plan, wanted: Mapping[str, Any]) -> list[Table]:
    """Two tables: the four metrics of each group, and what each completion and fate counts as."""
    found = trajectories_of(plan, wanted.get("by", ""), wanted.get("framework", ""))
    today = timezone.localdate()
    heading = f"{found.framework}, principle" if found.framework else HEADINGS[found.by]
    columns = [
        Column(heading, width=36),
        *(Column(name, "number", 11) for name in COUNTED),
        *(Column(one.name, "number", 14) for one in FORMULAS),
    ]
    rows = [[name, *_row(one)] for name, one in found.groups.items()]
    rows.append(["All actions", *_row(found.whole)])
    notes = [f"{one.name} = {one.formula}" for one in FORMULAS]
    said = found.whole.unfinished
    notes.append(
        f"{ONLY_SAID}: {said.part} of {said.whole} here. The study takes all, and knows of all what became of them."
    )
    notes.append(f"Formulas after {SOURCE}, Methods.txt. Actions of which half is not said count where they can.")
    return [
        Table("trajectories", f"{plan.title}: what became of it", columns, rows, f"{today.day} {today:%B %Y}", notes),
        _rule(),
    ]


def _row(one: Metrics) -> list[Any]:
    counts = [
        one.total,
        *(one.coloured(key) for key in "GAR"),
        *(one.classed(key) for key in "CRS"),
        one.new,
        one.unfinished.part,
    ]
    return counts + [_rounded(share) for share in (one.completed, one.continued, one.adaptability, one.resilience)]


def _rounded(share: Share) -> float | None:
    return None if share.value is None else round(share.value, 3)


def _rule() -> Table:
    rule = trajectory_rule()
    colours, classes = ({str(key): label for key, label in told} for told in (COLOUR_CHOICES, CLASS_CHOICES))
    rows = [[str(one.label), colours[rule[key_of(one)]]] for one in Completion]
    rows += [[str(one.label), classes[rule[key_of(one)]]] for one in Fate]
    columns = [Column("What was said", width=30), Column("Counts as", width=20)]
    return Table("rule", "What counts as what", columns, rows, "")
