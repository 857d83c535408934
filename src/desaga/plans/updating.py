"""What an account of an action holds, what it wants, and what several units' accounts come to. Pure Python."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from .dates import MONTHS
from .states import Rag, Status

#: The worst first: what is said of the whole is no better than what one unit says.
WORST_RAG = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.BLUE)
MOST_TITLES = 5
WORST_STATUS = (Status.DELAYED, Status.PAUSED, Status.IN_PROGRESS, Status.NOT_STARTED)


@dataclass(frozen=True, kw_only=True)
class Account:
    """How an action goes, as somebody says it for one period. Empty words are things not said."""

    status: str = ""
    rag: str = ""
    text: str = ""
    next_step: str = ""
    reason: str = ""
    recovery: str = ""
    evidence: str = ""


def is_shown(account: Account, pieces: Collection[str]) -> bool:
    """Whether something shows it: words, or pieces of evidence, by their titles."""
    return bool(account.evidence.strip() or pieces)


def with_pieces(account: Account, pieces: Collection[str]) -> Account:
    """The account with the pieces' titles for what shows it, at most `MOST_TITLES`, where no words say that."""
    if account.evidence.strip() or not pieces:
        return account
    return replace(account, evidence="; ".join([*pieces][:MOST_TITLES]))


def wanting(account: Account, pieces: Collection[str] = ()) -> dict[str, str]:
    """What is missing, by field, as sentences: red wants a reason and a way back, complete wants what shows it.

    `pieces` are titles of evidence that is given with it, or serves the action already.
    """
    missing = {}
    if not any((account.status, account.rag, account.text.strip(), account.next_step.strip())):
        missing["text"] = "Say how it goes, or press “Nothing new”."
    if account.rag == Rag.RED and not account.reason.strip():
        missing["reason"] = "It is red: say why, in a sentence."
    if account.rag == Rag.RED and not account.recovery.strip():
        missing["recovery"] = "It is red: say how it gets back on course, or what is needed for that."
    if account.status == Status.COMPLETE and not is_shown(account, pieces):
        missing["evidence"] = "It is complete: say what shows it, such as a page or a number, or give a file or a link."
    return missing


#: What no cell of a sheet and no version holds, in a sentence.
COMPLETE_WANTS = "Complete wants what shows it. Say it as an update, with what shows it."
RED_WANTS = "Red wants why, and how it gets back on course. Say it as an update, with both."


def wants_an_update(
    was: Mapping[str, str | None], now: Mapping[str, str | None], pieces: Collection[str] = ()
) -> dict[str, str]:
    """Of a status and RAG that are changed without an account: those that only an update can say, each with the sentence that says so."""
    wants = {}
    if now.get("status") == Status.COMPLETE != was["status"] and not pieces:
        wants["status"] = COMPLETE_WANTS
    if now.get("rag") == Rag.RED != was["rag"]:
        wants["rag"] = RED_WANTS
    return wants


def as_it_stood(account: Account, before: Account | None, pieces: Collection[str] = ()) -> Account:
    """An account that comes without words on it: why it is red and what shows that it is complete stay what they were said to be before."""
    if before and account.rag == before.rag == Rag.RED:
        account = replace(account, reason=before.reason, recovery=before.recovery)
    if account.status != Status.COMPLETE:
        return account
    if before and before.status == Status.COMPLETE:
        account = replace(account, evidence=before.evidence)
    return with_pieces(account, pieces)


def rolled_up(told: Iterable[tuple[str, str]], expected: int) -> tuple[str, str]:
    """Status and RAG of an action that `expected` units answer, from what each said last.

    It is complete, stopped or not started where all units say so; else the worst of what goes on. A unit that said
    nothing yet keeps it from being complete. RAG is the worst that was said.
    """
    accounts = [(status, rag) for status, rag in told if status or rag]
    statuses = {status for status, _ in accounts if status}
    rags = {rag for _, rag in accounts if rag}
    rag = next((str(one) for one in WORST_RAG if one in rags), "")
    all_said = sum(bool(status) for status, _ in accounts) >= expected
    if len(statuses) == 1 and (all_said or statuses <= set(WORST_STATUS)):
        return statuses.pop(), rag
    if not statuses:
        return "", rag
    worst = next((str(one) for one in WORST_STATUS[:2] if one in statuses), str(Status.IN_PROGRESS))
    return worst, rag


def stood_at(told: Iterable[tuple[int | None, str, str]], expected: int) -> tuple[str, str]:
    """Status and RAG of an action after these updates, from the first on: each with its unit, if it has one, status and RAG."""
    stood, last = ("", ""), {}
    for unit, status, rag in told:
        if unit:
            last[unit] = (status, rag)
            status, rag = rolled_up(last.values(), expected)
        stood = (status or stood[0], rag or stood[1])
    return stood


def quarter_of(day: date) -> str:
    """The calendar quarter of a day, in words: "October to December 2026"."""
    first = (day.month - 1) // 3 * 3
    return f"{MONTHS[first]} to {MONTHS[first + 2]} {day.year}"
