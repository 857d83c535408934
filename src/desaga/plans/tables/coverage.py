"""A plan held against a framework, as tables: what is answered by what, and the matrix."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from desaga.documents.out import Column, Table

from ..covering import sentence
from ..models import Plan
from ..queries.coverage import Coverage, actions_in_matrix, coverage, frameworks_for
from ..states import Basis

WORDS = {Basis.CELL: "stated", Basis.THEME: "inherited", Basis.CODE: "inherited", Basis.SUGGESTED: "suggested"}


def tables_of_coverage(plan: Plan, wanted: Mapping[str, Any]) -> list[Table]:
    """Two tables for the framework that is wanted: principles with their actions, and principles × actions."""
    frameworks = frameworks_for(plan)
    framework = next((one for one in frameworks if one.name == wanted.get("framework")), frameworks[0])
    found = coverage(plan, framework, with_usual=wanted.get("usual") == "yes")
    today = timezone.localdate()
    told = f"{framework.name}{f', {framework.version}' if framework.version else ''}, on {today.day} {today:%B %Y}"
    return [_answers(plan, found, told), _matrix(plan, found, told)]


def _answers(plan: Plan, found: Coverage, told: str) -> Table:
    columns = [Column("Framework", width=26), Column("Edition", width=20), Column("Principle", "code", 18), Column("What it asks", width=50), Column("Actions", "number", 9), Column("Stated by", width=30), Column("Inherited by", width=30), Column("Suggested of", width=30)]  # fmt: skip
    rows = [
        [
            found.framework.name,
            found.framework.version,
            one.code,
            one.title,
            len(one.answers),
            ", ".join(a.label for a in one.answers if a.basis == Basis.CELL),
            ", ".join(a.label for a in one.answers if a.basis != Basis.CELL),
            ", ".join(a.label for a in one.suggested),
        ]
        for one in found.principles
    ]
    return Table("coverage", f"{plan.title}: what is answered", columns, rows, told, [sentence(found)])


def _matrix(plan: Plan, found: Coverage, told: str) -> Table:
    marks = {
        (a.action, one.code): WORDS[Basis(a.basis)] for one in found.principles for a in (*one.answers, *one.suggested)
    }
    columns = [
        Column("Action", "code", 10),
        Column("What will be done", width=44),
        *(Column(one.code, width=11) for one in found.principles),
    ]
    actions = actions_in_matrix(plan, with_usual=found.counts_usual)
    rows = [
        [label, title, *(marks.get((pk, one.code), "") for one in found.principles)] for pk, label, title in actions
    ]
    return Table("matrix", f"{plan.title}: principles and actions", columns, rows, told)
