"""Plans in words and pictures for the screen: no queries, no requests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from desaga.charts.bars import Series, plain_bars, stacked_bars
from desaga.charts.chart import Chart
from desaga.charts.colours import GREY, MEANINGS

from .dates import said
from .models import StagedRow
from .states import Basis, OwnerRole, Rag, Status

#: The kinds of notices that the reader gives, as short as a filter needs them.
NOTICE_WORDS = {
    "excel_date": "Date that a spreadsheet changed",
    "impossible_date": "Date that cannot be",
    "end_before_start": "Ends before it starts",
    "date_not_understood": "Time not understood",
    "phase_without_key": "Phase without dates",
    "mended_by_key": "Scanning fault mended",
    "debris": "Stray characters",
    "spelling_mended": "Spelling mended",
    "named_twice": "Named twice",
    "not_recognised": "Principle not recognised",
    "two_in_one": "Two actions in one row",
    "gap_in_numbering": "Number missing",
    "torn_start": "Beginning torn off",
    "torn_end": "Breaks off",
    "missing": "Empty where others are not",
    "continued": "Joined from several rows",
    "header_carried": "Headings carried on",
    "header_shifted": "Column lost",
    "columns_guessed": "Columns guessed",
    "status_not_understood": "Status not understood",
    "label_restored": "Label set again",
    "theme_torn": "Heading torn",
    "prose": "Told from prose",
    "repeated": "Stands there twice",
    "earlier_plan": "Of an earlier plan",
    "reading": "About the file",
    "no_plan": "No plan found",
}

FIELD_LABELS = {
    "title": "What will be done",
    "how": "How",
    "success": "How we will know",
    "timeframe": "When",
    "owners": "Who carries it",
    "alignments": "What it answers",
    "milestones": "Stages",
    "depends_on": "Waits for",
    "status": "Status",
    "rag": "RAG",
    "comments": "Comments",
    "theme": "Theme",
    "code": "Code",
}


#: Where in the form of an action (`forms.ActionForm`) each doubtful field is mended.
MENDED_AT = {
    **{
        name: f"#id_{name}"
        for name in ("title", "how", "success", "owners", "alignments", "comments", "code", "status")
    },
    "timeframe": "#id_when_text",
}


def field_label(name: str) -> str:
    """A field of the interchange format as people call it."""
    return FIELD_LABELS.get(name, name.replace("_", " ").capitalize())


def when_of(timeframe: Mapping[str, Any]) -> str:
    """The dates that were understood, in words; "" where there are none."""
    dates = " to ".join(dict.fromkeys(filter(None, [said(timeframe["start"]), said(timeframe["end"])])))
    if timeframe["continuous"]:
        return f"Ongoing, {'from ' if not timeframe['end'] else ''}{dates}" if dates else "Ongoing"
    return dates


def shown_rows(
    rows: Sequence[StagedRow], themes: Mapping[str, str], joins: Mapping[int, tuple[int, int]]
) -> list[dict[str, Any]]:
    """Staged rows as the review page shows them, each knowing where one goes on after it.

    `joins` are the rows that stand after each in the document (`queries.following`).
    """
    following = [*rows[1:], rows[-1]] if rows else []
    return [
        {
            **shown_row(row, themes),
            "goes_on_at": after.pk,
            "joins": "{}:{}".format(*joins[row.pk]) if row.pk in joins else "",
        }
        for row, after in zip(rows, following, strict=True)
    ]


def shown_row(row: StagedRow, themes: Mapping[str, str]) -> dict[str, Any]:
    """A staged row as the review page shows it: source cells, the understanding line by line, doubts by field."""
    data = row.data
    doubtful = {notice["field"] for notice in row.notices}
    return {
        "row": row,
        "code": data["code"],
        "title": data["title"],
        "source": row.source_rows,
        "lines": [line for line in _lines(row, data, themes, doubtful) if line["text"] or line["is_doubtful"]],
        "notices": [{**notice, "label": field_label(notice["field"])} for notice in row.notices],
        "mend_at": next((MENDED_AT[n["field"]] for n in row.notices if n["field"] in MENDED_AT), ""),
        "theme": data["theme"] or "",
        "is_usual": data["business_as_usual"],
    }


def _lines(
    row: StagedRow, data: Mapping[str, Any], themes: Mapping[str, str], doubtful: set[str]
) -> list[dict[str, Any]]:
    when, texts = data["timeframe"], field_texts(data, themes)
    notes = {
        "timeframe": f"written “{' '.join(when['text'].split())}”"
        if when["text"] and texts["timeframe"] != when["text"]
        else ""
    }
    before = row.understood if row.edited else data
    return [
        {
            "name": name,
            "label": field_label(name),
            "text": text,
            "note": notes.get(name, ""),
            "is_doubtful": name in doubtful,
            "is_corrected": before[name] != data[name],
        }
        for name, text in texts.items()
    ]


def field_texts(data: Mapping[str, Any], themes: Mapping[str, str]) -> dict[str, str]:
    """Each field of an action as people read it; "" where it says nothing."""
    when = data["timeframe"]
    return {
        "title": data["title"],
        "how": data["how"],
        "success": data["success"],
        "timeframe": when_of(when),
        "milestones": "\n".join(_milestone(one) for one in data["milestones"]),
        "depends_on": "\n".join(one["text"] for one in data["depends_on"]),
        "owners": "\n".join(_owner(one) for one in data["owners"]),
        "alignments": "\n".join(_alignment(one) for one in data["alignments"]),
        "status": Status(data["status"]).label if data["status"] else "",
        "rag": Rag(data["rag"]).label if data["rag"] else "",
        "comments": data["comments"],
        "theme": themes.get(data["theme"] or "", data["theme"] or ""),
    }


def shown_conflicts(both: Any) -> list[dict[str, str]]:
    """The lines that two people changed at once (`imports.EditedMeanwhile`), theirs and mine, as people read them."""
    theirs, mine = (
        {**field_texts(data, {}), "code": data["code"] or "", "business_as_usual": _words(data["business_as_usual"])}
        for data in (both.row.data, both.merged)
    )
    return [
        {"label": field_label(one.name), "theirs": theirs.get(one.name, ""), "mine": mine.get(one.name, "")}
        for one in both.conflicts
    ]


def _owner(owner: Mapping[str, Any]) -> str:
    code = f" ({owner['code']})" if owner["code"] and owner["code"] != owner["text"] else ""
    role = "" if owner["role"] == OwnerRole.LEAD else f", {OwnerRole(owner['role']).label.lower()}"
    return f"{owner['text']}{code}{role}"


def _alignment(alignment: Mapping[str, Any]) -> str:
    basis = "" if alignment["basis"] == Basis.CELL else f", {Basis(alignment['basis']).label}"
    return f"{alignment['framework'] or 'No known framework'}: {alignment['code']}{basis}"


def _milestone(milestone: Mapping[str, Any]) -> str:
    dates = " to ".join(dict.fromkeys(filter(None, [said(milestone["start"]), said(milestone["end"])])))
    return f"{milestone['label']}: {dates}" if dates else milestone["label"]


# ---- History

FIELD_WORDS = {
    "when_text": "when, in words",
    "starts": "from",
    "ends": "until",
    "precision": "how exact",
    "continuous": "goes on all the time",
    "how": "how",
    "success": "how we will know",
    "title": "what will be done",
    "business_as_usual": "business as usual",
    "usual_since": "since",
    "usual_reason": "why",
    "completion": "how far it came",
    "fate": "what became of it",
    "reason": "why",
    "into": "merged with",
}


#: The thing’s name follows in the audit; on its own page the sentence ends before.
LEADS_ON = re.compile(r" (?:of|on|about|for|in|to)$")


def shown_changes(entries: Iterable[Any]) -> list[dict[str, Any]]:
    """Audit entries about one thing as its page shows them, the latest first: a sentence, each change, when and who."""
    return [
        {
            "sentence": f"{LEADS_ON.sub('', entry.verb).capitalize()}.",
            "note": entry.note,
            "lines": [
                {"name": FIELD_WORDS.get(name, name.replace("_", " ")), "was": _words(was), "is_now": _words(now)}
                for name, (was, now) in entry.changes.items()
                if name != "state"
            ],
            "at": entry.at,
            "who": entry.actor_name,
        }
        for entry in entries
    ]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value or "").replace("_", " ")


# ---- Pictures

SERIES = [
    Series("complete", "Complete", MEANINGS["complete"]),
    Series("in_progress", "In progress", MEANINGS["in_progress"]),
    Series("delayed", "Delayed", MEANINGS["delayed"]),
    Series("paused", "Paused", MEANINGS["on_hold"]),
    Series("stopped", "Stopped", MEANINGS["stopped"]),
    Series("not_started", "Not started", MEANINGS["not_started"]),
    Series("unsaid", "No status yet", GREY),
]


def chart_by_theme(counts: Sequence[tuple[str, Counter[str]]], today: date) -> Chart | None:
    """Actions by theme and status; None where there are none."""
    rows = [(name, {status or "unsaid": number for status, number in by.items()}) for name, by in counts]
    total = sum(sum(by.values()) for _, by in rows)
    if not total:
        return None
    name, most = max(((name, sum(by.values())) for name, by in rows), key=lambda pair: pair[1])
    title = f"{_clipped(name)} has the most actions: {most} of {total}" if len(rows) > 1 else f"{total} actions"
    counted = f"{total} actions by theme and status, {today.day} {today:%B %Y}; business as usual is left out"
    return stacked_bars(
        title=title, counted=counted, heading="Theme", series=SERIES, rows=[(_clipped(n), by) for n, by in rows]
    )


def chart_by_quarter(quarters: Sequence[tuple[str, int]], today: date) -> Chart | None:
    """Actions by the quarter in which they end; None where none has an end."""
    if not any(number for _, number in quarters):
        return None
    name, most = max(quarters, key=lambda pair: pair[1])
    total = sum(number for _, number in quarters)
    counted = f"{total} actions that have an end, by the quarter in which it falls, {today.day} {today:%B %Y}"
    return plain_bars(
        title=f"Most falls due in {name}: {most}",
        counted=counted,
        heading="Quarter",
        value_heading="Actions due",
        values=list(quarters),
    )


def _clipped(name: str, length: int = 60) -> str:
    return name if len(name) <= length else f"{name[: length - 1].rsplit(' ', 1)[0]}…"
