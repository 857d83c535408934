"""A plan's actions as a table, wholly or as the public may read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from desaga.documents.out import Column, Table

from .. import queries
from ..dates import said
from ..forms import filter_form_of
from ..interchange import plan_as_data
from ..models import Plan
from ..presenting import when_of
from ..publishing import parts_open, public_plan
from ..queries.reporting import reporting_rule
from ..reporting import Pair
from ..reporting import said as reported
from ..states import Basis, OwnerRole, Rag, Reported, Status, TableColumn

Data = Mapping[str, Any]
#: An order would tell of what it orders by.
PRIVATE_ORDERS = ("who", "doubts")


def plan_taken_out(plan: Plan, wanted: Mapping[str, Any], *, public: bool = False) -> dict[str, Any]:
    """The plan in the interchange format, with those of its actions that the filter asks for, in the page's order.

    For the public, without people, comments and source cells; nor may a filter tell what it leaves out.
    """
    sort = wanted.get("sort") or ""
    if public and sort.removeprefix("-") in PRIVATE_ORDERS:
        sort = ""
    whole = queries.actions_whole(plan)
    chosen = queries.narrowed_for_public(whole, wanted, parts_open(plan)) if public else queries.narrowed(whole, wanted)
    actions = queries.in_order(chosen, sort)
    return (public_plan if public else plan_as_data)(plan, queries.themes_of(plan), actions)


def wanted_of_actions(plan: Plan, query: QueryDict) -> dict[str, Any]:
    """What the address asks for, as the filters of the plan's page understand it; what they do not know is left out."""
    return filter_form_of(plan, query).cleaned_data


def tables_of_actions(plan: Plan, wanted: Mapping[str, Any]) -> list[Table]:
    """One table: a row for each action that the filter asks for, with the chosen columns, else with everything that is known of it."""
    return [
        table_of(plan_taken_out(plan, wanted), _chosen(_with_reported(reporting_rule()), wanted), timezone.localdate())
    ]


def public_tables_of_actions(plan: Plan, wanted: Mapping[str, Any]) -> list[Table]:
    """The same as the public may read it: no person, no comment, no source cell."""
    return [table_of(plan_taken_out(plan, wanted, public=True), _chosen(PUBLIC_FIELDS, wanted), timezone.localdate())]


def _chosen(fields: Sequence[Field], wanted: Mapping[str, Any]) -> Sequence[Field]:
    if not (chosen := wanted.get("columns")):
        return fields
    headings = {HEADING_OF[TableColumn(one)] for one in chosen if one in HEADING_OF}
    return [*fields[:ALWAYS], *(field for field in fields[ALWAYS:] if field[0].heading in headings)]


def table_of(plan: Data, fields: Sequence[Field], today: date) -> Table:
    """A plan in the interchange format as a table; columns in which nothing stands are left out, code and title apart."""
    themes = {theme["code"] or theme["title"]: _theme_name(theme) for theme in plan["themes"]}
    rows = [[tell(action, themes) for _, tell in fields] for action in plan["actions"]]
    kept = [at for at, (column, _) in enumerate(fields) if at < ALWAYS or any(row[at] for row in rows)]
    number = len(rows)
    return Table(
        key="actions",
        title=plan["title"],
        columns=[fields[at][0] for at in kept],
        rows=[[row[at] for at in kept] for row in rows],
        subtitle=f"{number} action{'' if number == 1 else 's'} on {today.day} {today:%B %Y}",
        notes=() if rows else ("No action fits.",),
    )


# ---- What stands in each column

Tell = Callable[[Data, Mapping[str, str]], str]
Field = tuple[Column, Tell]


def _theme_name(theme: Data) -> str:
    code, title = theme["code"] or "", theme["title"]
    return title if not code or title.casefold().startswith(code.casefold()) else f"{code}: {title}".rstrip(": ")


def _owner(owner: Data) -> str:
    code = f" ({owner['code']})" if owner["code"] and owner["code"] != owner["text"] else ""
    role = "" if owner["role"] == OwnerRole.LEAD else f", {OwnerRole(owner['role']).label.lower()}"
    return f"{owner['text']}{code}{role}"


def _alignment(alignment: Data) -> str:
    basis = " (suggested)" if alignment["basis"] == Basis.SUGGESTED else ""
    return f"{alignment['framework'] or ''} {alignment['code']}{basis}".strip()


def _stage(stage: Data) -> str:
    dates = " to ".join(dict.fromkeys(filter(None, [said(stage["start"]), said(stage["end"])])))
    return f"{stage['label']}: {dates}" if dates else stage["label"]


def _update(update: Data) -> str:
    words = [
        Status(update["status"]).label if update["status"] else "",
        Rag(update["rag"]).label if update["rag"] else "",
    ]
    told = ", ".join(filter(None, words))
    return f"{update['period']}: " + ". ".join(filter(None, [told, update["text"]]))


def _lines(name: str, say: Callable[[Data], str]) -> Tell:
    return lambda action, _: "\n".join(say(one) for one in action[name])


FIELDS: tuple[Field, ...] = (
    (Column("Code", "code", 10), lambda a, _: a["code"] or ""),
    (Column("What will be done", width=44), lambda a, _: a["title"]),
    (Column("Theme", width=24), lambda a, themes: themes.get(a["theme"] or "", a["theme"] or "")),
    (Column("How", width=44), lambda a, _: a["how"]),
    (Column("How we will know", width=36), lambda a, _: a["success"]),
    (Column("Who carries it", width=22), _lines("owners", _owner)),
    (Column("When", "date", 18), lambda a, _: when_of(a["timeframe"]) or a["timeframe"]["text"]),
    (Column("What it answers", width=20), _lines("alignments", _alignment)),
    (Column("Stages", width=26), _lines("milestones", _stage)),
    (Column("Waits for", width=22), _lines("depends_on", lambda x: x["text"])),
    (Column("Status", width=13), lambda a, _: Status(a["status"]).label if a["status"] else ""),
    (Column("RAG", width=9), lambda a, _: Rag(a["rag"]).label if a["rag"] else ""),
    (Column("Business as usual", width=11), lambda a, _: "yes" if a["business_as_usual"] else ""),
    (Column("Comments", width=36), lambda a, _: a["comments"]),
    (Column("Updates", width=36), _lines("updates", _update)),
)  # fmt: skip
ALWAYS = 2

#: Which column of a file holds what a column of the page shows. Doubts are about the reading of the document, and leave with no file.
HEADING_OF = {
    TableColumn.THEME: "Theme", TableColumn.WHO: "Who carries it", TableColumn.WHEN: "When",
    TableColumn.ANSWERS: "What it answers", TableColumn.STATUS: "Status", TableColumn.RAG: "RAG",
    TableColumn.REPORTED: TableColumn.REPORTED.label,
}  # fmt: skip

#: The same for the sheet that can be brought back, by the keys of its columns.
SHEET_KEYS_OF = {
    TableColumn.THEME: ("theme",), TableColumn.WHO: ("owners",), TableColumn.WHEN: ("when", "start", "end", "ongoing"),
    TableColumn.ANSWERS: ("alignments",), TableColumn.STATUS: ("status",), TableColumn.RAG: ("rag",),
}  # fmt: skip


def _with_reported(rule: Mapping[Pair, Reported]) -> Sequence[Field]:
    """The columns of a file; after RAG, what an action is reported as by this rule."""
    after = 1 + [column.heading for column, _ in FIELDS].index("RAG")
    shown = (Column(TableColumn.REPORTED.label, width=13), lambda a, _: reported(a["status"], a["rag"], rule))
    return [*FIELDS[:after], shown, *FIELDS[after:]]


def sheet_beside(wanted: Mapping[str, Any]) -> dict[str, Callable[[Data], str]]:
    """What the sheet shows and nobody reads back from it: what each action is reported as, unless other columns are chosen."""
    if (chosen := wanted.get("columns")) and TableColumn.REPORTED not in chosen:
        return {}
    rule = reporting_rule()
    return {TableColumn.REPORTED.label: lambda data: reported(data["status"], data["rag"], rule)}


def sheet_keys(wanted: Mapping[str, Any]) -> list[str]:
    """The columns of the sheet that hold what the page shows; none for all."""
    if not (chosen := wanted.get("columns")):
        return []
    return ["code", "title", *(key for one in chosen for key in SHEET_KEYS_OF.get(TableColumn(one), ()))]


#: What the public may read, column by column: a new column is private until it is named here. What stands in them has
#: already been through `publishing.public_plan`.
PUBLIC = ("Code", "What will be done", "Theme", "How", "How we will know", "Who carries it", "When", "What it answers",
          "Stages", "Waits for", "Status", "RAG", "Business as usual")  # fmt: skip
PUBLIC_FIELDS = tuple(field for field in FIELDS if field[0].heading in PUBLIC)
