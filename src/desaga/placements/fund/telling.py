"""The report as plain data: pages, Word and PDF are made of it, and it is kept for good once it is published.

`content_of` answers `{"version", "year", "starts_on", "ends_on", "counted_on", "nouns", "sections": [{"key", "title", "words": [...], "tables": [{"key",
"title", "columns": [...], "rows": [[label, [[seen, heard], ...]], ...], "notes": [...], "chart": None or [[label, seen, number, heard], ...]}],
"awards": [...]}], "figures": [...]}`. What reads it reads a missing key with a default. `figures` are the tables that the public page shows of the year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from desaga.disclosure import PUBLIC, Cell, average_cell, count_cell, number, share_cell, show, words

from .. import figures
from ..defining import Nouns
from ..figures import AWARD, Counted, Cut, Shown
from .facts import Award, Year
from .money import by_kind, in_short, lines, pounds

VERSION = 1
HIDDEN = ["..", "hidden, to protect people"]
#: The sections, in order; a remark may be written under each.
SECTIONS = {
    "funds": "What the programme funds",
    "applied": "Who applied, and what became of it",
    "awards": "Awards and days",
    "money": "Money",
    "hosts": "Hosts",
    "reports": "Reports",
    "outcomes": "What came of it",
    "sessions": "Sessions for colleagues",
    "stories": "Past awards",
    "protected": "How figures were protected",
}
FEW = "So few people stand behind this that it would tell of some of them. It is left out."


def titles_of(nouns: Nouns) -> dict[str, str]:
    """The sections in a scheme's own words."""
    return {**SECTIONS, "hosts": nouns.hosts.capitalize()}


BECAME = Cut("became", "What became of the offers", "Award", "Awards")
REPORTED = Cut("reported", "Reports that were due", "Report", "Reports")
#: The columns of tables whose total is no total of applications.
DUE = "Reports"


def where_of(nouns: Nouns) -> Cut:
    return Cut("where", f"Where {nouns.noun}s were", nouns.host_noun.capitalize(), "Awards")


def content_of(year: Year, counted_on: date) -> dict[str, Any]:
    """All but what people write into it."""
    tables, titles = tables_of(year), titles_of(year.program.nouns)
    sections = [
        {"key": key, "title": title, "words": [], "tables": [], "awards": []} | made(year, tables)
        for key, title, made in ((key, title, MADE[key]) for key, title in titles.items())
    ]
    return {
        "version": VERSION,
        "year": year.name,
        "starts_on": year.starts_on.isoformat(),
        "ends_on": year.ends_on.isoformat(),
        "counted_on": counted_on.isoformat(),
        "nouns": year.program.nouns._asdict(),
        "sections": sections,
        "figures": [one.as_data() for one in tables.values() if one.key in PUBLIC_KEYS],
    }


#: What of a year stands on the scheme's own page too.
PUBLIC_KEYS = (figures.OUTCOME.key, *(cut.key for cut in figures.CUTS))


def tables_of(year: Year) -> dict[str, Shown]:
    """Every table of counts, protected beside all others."""
    given = [
        figures.counted(BECAME, [(one.became, AWARD) for one in year.given], (AWARD,)),
        figures.counted(where_of(year.program.nouns), [("Abroad" if one.is_abroad else "In the United Kingdom", AWARD) for one in year.given], (AWARD,)),
        figures.counted(REPORTED, [(one, DUE) for one in year.reports], (DUE,)),
    ]  # fmt: skip
    found = [*figures.cuts_of(year.told), *given, *_answers(year)]
    return {one.key: one for one in figures.held([one for one in found if one])}


def _answers(year: Year) -> Iterator[Counted | None]:
    """Each question with fixed answers that was asked months later; total and answers are its own."""
    asked = dict.fromkeys((one.follow, one.question) for one in year.answered)
    for follow, question in asked:
        key = f"{follow}: {question}"
        chosen = [(one.choice, key) for one in year.answered if (one.follow, one.question) == (follow, question)]
        yield figures.counted(Cut(key, f"{follow}: {question}", "Answer", "Answers"), chosen, (key,))


Tables = dict[str, Shown]
Section = dict[str, Any]


def _funds(year: Year, tables: Tables) -> Section:
    return {"words": [year.program.purpose, f"For whom: {year.program.who}", f"What it pays: {year.program.funds}"]}


def _applied(year: Year, tables: Tables) -> Section:
    if not year.told:
        return {"words": ["No panel of this year has told its outcomes yet."]}
    shown = [tables[key] for key in PUBLIC_KEYS if key in tables]
    return {
        "words": [
            "Applications to panels of this year whose outcomes are told. Not heard: found not eligible, or withdrawn."
        ],
        "tables": [_table(one, is_drawn=one.key == figures.OUTCOME.key) for one in shown],
    } | ({} if figures.OUTCOME.key in tables else {"words": [FEW]})


def _awards(year: Year, tables: Tables) -> Section:
    people, nouns = len({one.person for one in year.days}), year.program.nouns
    there = f"Days {nouns.host_word} {nouns.hosts}"
    days = sum(one.number for one in year.days)
    rows = [
        [f"{there} in this year, as they confirmed", [HIDDEN if figures.is_few(people) else _seen(count_cell(days, PUBLIC))]],
        ["Days for each who went, on average", [_seen(average_cell(days, people, PUBLIC))]],
    ]  # fmt: skip
    told = _with(tables, BECAME, bool(year.given), "No award was offered.")
    return _more(told, _plain("days", there, ["", "Days"], rows)) if year.given or year.days else told


def _money(year: Year, tables: Tables) -> Section:
    rows = [[name, [HIDDEN if amount is None else [pounds(amount)] * 2]] for name, amount in lines(year)]
    found = [_plain("money", "The money of the year", ["", "Pounds"], rows)]
    found[0]["chart"] = [
        [name, in_short(amount), float(amount), pounds(amount)] for name, amount in lines(year) if amount is not None
    ]
    kinds = by_kind(year.spent)
    if kinds:
        told = [[kind, [[pounds(amount)] * 2]] for kind, amount in kinds]
        found.append(_plain("kinds", "Costs in claims that were approved, by kind", ["Kind", "Pounds"], told))
        found[1]["chart"] = [[kind, in_short(amount), float(amount), pounds(amount)] for kind, amount in kinds]
    few = [FEW] if any(amount is None for _, amount in lines(year)) or year.spent and not kinds else []
    return {"tables": found, "words": few}


def _hosts(year: Year, tables: Tables) -> Section:
    names = {" ".join(one.host.casefold().split()) for one in year.given if one.host.strip()}
    hosts = year.program.nouns.hosts
    told = _with(tables, where_of(year.program.nouns), bool(year.given), "No award was offered.")
    if not year.given:
        return told
    row = [f"Different {hosts}", [_seen(count_cell(len(names), PUBLIC))]]
    return _more(told, _plain("hosts", f"How many {hosts}", ["", hosts.capitalize()], [row]))


def _reports(year: Year, tables: Tables) -> Section:
    due = year.reports
    told = _with(tables, REPORTED, bool(due), "No report was due in this year.")
    share = share_cell(sum(one == ON_TIME for one in due), len(due), PUBLIC)
    if REPORTED.key not in tables or not share.is_seen:
        return told
    return _more(
        told, _plain("on_time", "In time", ["", "Share"], [["Reports that came in time", [_seen(share, " %")]]])
    )


ON_TIME = "In time"


def _outcomes(year: Year, tables: Tables) -> Section:
    asked = list(dict.fromkeys(f"{one.follow}: {one.question}" for one in year.answered))
    if not asked:
        return {"words": ["Nobody was asked in this year, or nobody has answered."]}
    shown = [tables[key] for key in asked if key in tables]
    return {"tables": [_table(one, is_drawn=True) for one in shown], "words": [] if len(shown) == len(asked) else [FEW]}


def _sessions(year: Year, tables: Tables) -> Section:
    holders = {one.person for one in year.sessions}
    came = sum(one.came for one in year.sessions)
    rows = [
        ["Applications awarded with a promise of a session", [_seen(count_cell(sum(one.session_promised for one in year.given), PUBLIC))]],
        ["Sessions held", [_seen(count_cell(len(year.sessions), PUBLIC))]],
        ["People who came, all sessions together", [HIDDEN if figures.is_few(len(holders)) else _seen(count_cell(came, PUBLIC))]],
    ]  # fmt: skip
    return {"tables": [_plain("sessions", "Passing on what was learnt", ["", "Number"], rows)]}


def _stories(year: Year, tables: Tables) -> Section:
    return stories(year.awards)


def with_awards(content: Mapping[str, Any], told: Sequence[Award]) -> dict[str, Any]:
    """What was counted before, with the awards that may be told of now."""
    sections = [one | stories(told) if one["key"] == "stories" else one for one in content["sections"]]
    return {**content, "sections": sections}


def stories(told: Sequence[Award]) -> Section:
    awards = [
        {"consent": one.consent, "title": one.title, "name": one.name, "home": one.home, "host": one.host, "sentence": one.sentence}
        for one in told
    ]  # fmt: skip
    said = (
        "Told with the consent of whoever went; who takes it back is taken out."
        if awards
        else "Nobody has agreed to be told of yet."
    )
    return {"words": [said], "awards": awards}


def _protected(year: Year, tables: Tables) -> Section:
    return {
        "words": [
            f"Each figure that counts people is shown as it may be published. {PUBLIC.sentence} Totals are rounded after they are calculated, so parts may not add up to them.",
            "A table is shown as finely as it can be while every small figure stays in doubt for somebody who has all tables of this report: else by its rows alone, else not at all.",
            "Money, days and averages are hidden where so few people stand behind them that somebody’s own could be told; kinds of cost that few claimed are told together.",
            "Each application belongs to one year, and a year is counted once: what was published of two years cannot be subtracted from one another.",
        ]
    }


MADE = {
    "funds": _funds, "applied": _applied, "awards": _awards, "money": _money, "hosts": _hosts, "reports": _reports,
    "outcomes": _outcomes, "sessions": _sessions, "stories": _stories, "protected": _protected,
}  # fmt: skip


# ---- Tables


def _seen(cell: Cell, after: str = "") -> list[str]:
    return [show(cell, after=after), words(cell) if not after or not cell.is_seen else show(cell, after=after)]


def _with(tables: Tables, cut: Cut, is_any: bool, none: str) -> Section:
    """One protected table; words where there is nothing to count, or where it may not be shown."""
    if not is_any:
        return {"words": [none], "tables": []}
    return {"tables": [_table(tables[cut.key])], "words": []} if cut.key in tables else {"tables": [], "words": [FEW]}


def _more(section: Section, *tables: dict[str, Any]) -> Section:
    return section | {"tables": [*section["tables"], *tables]}


def _plain(key: str, title: str, columns: Sequence[str], rows: Sequence[Any]) -> dict[str, Any]:
    return {"key": key, "title": title, "columns": list(columns), "rows": list(rows), "chart": None}


def _table(shown: Shown, *, is_drawn: bool = False) -> dict[str, Any]:
    rows = [[label, [_seen(cell) for cell in cells]] for label, cells in shown.rows]
    told = _plain(shown.key, shown.title, [shown.by, *shown.columns], rows)
    if is_drawn and len(shown.columns) == 1:
        told["chart"] = [
            [label, *_mark(cells[0])] for label, cells in shown.rows if label != figures.ALL
        ]  # fmt: skip
    return told


def _mark(cell: Cell) -> list[Any]:
    value = number(cell)
    return [show(cell), None if value is None else float(value), words(cell)]
