"""Whose time is over, and what holds one back: how long a scheme keeps people, as data. Pure: no Django models, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .dating import due_after
from .defining import Follow, Nouns
from .states import ENDED, ApplicationState

_A = ApplicationState
#: Why something that has not ended is not stripped, however old it is.
NOT_ENDED: Mapping[str, str] = {
    _A.RECEIVED: "Nobody has decided on it", _A.CHANGES_ASKED: "The changes that were asked for have not come", _A.ELIGIBLE: "No panel has decided on it",
    _A.RESERVE: "It is still on the reserve list", _A.OFFERED: "The offer is not answered", _A.ACCEPTED: "The agreement is not signed by all",
    _A.AGREED: "The report has not come", _A.REPORTED: "The report is not accepted",
}  # fmt: skip
CLAIM = "A claim is still open"
ADVANCE = "An advance is not settled"
YEAR_OPEN = "A panel of its year has not told its outcomes, so that the figures of the year are not made"
TOGETHER = (
    "Something else of the same person and year is still kept: they go together, so that people are counted as before"
)
#: So long after the last question nobody answers it any more.
ANSWERED_WITHIN = timedelta(days=60)
NO_PANEL = "No panel heard it"
#: What goes, and what stays, in words: the page says it before anything goes.
GOES = (
    "Names, addresses, employers and titles",
    "All answers and files, with their bytes; receipts",
    "Letters, and the addresses to which mails went",
    "Who was asked to approve or to sign, what they said, and the agreement’s text",
    "Declarations and conflicts; marks and their reasons; notes, blackened words, and what was in mind before outcomes were told",
    "The report, what came of it, certificates’ content, and stories whose consent has ended",
    "References of payments, and what each cost was for",
    "Answers to equality questions: the year’s figures are made before",
    "In history and audit, every word that was typed, and the applicant’s name",
)
STAYS = (
    "Reference, panel, state, nation and field: what figures are counted by",
    "Sums: asked, awarded, claimed by kind of cost, paid, and on which day",
    "Days there, the {host_noun} of an award, whether the report came in time, how many came to a session",
    "That something was done, when, and by whom of those who run the scheme",
)


def stays_in(nouns: Nouns) -> list[str]:
    """What stays, in a scheme's own words."""
    return [one.format(**nouns._asdict()) for one in STAYS]


ELSEWHERE = (
    "What somebody logged as their own development stays theirs. What they gave their employer as evidence stays the employer’s. "
    "A story stays, under the name they wished, until the consent ends; then it goes too."
)


@dataclass(frozen=True, slots=True)
class Months:
    """So many months after a day."""

    after_months: int
    after_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An application that came in, as far as it matters for keeping it. `year` is that of its panel; `moved_on` when it last went on."""

    pk: int
    reference: str
    panel: str
    person: int | None
    year: int
    state: str
    moved_on: date
    ends_on: date | None
    months: int
    follows: Sequence[Follow]
    has_award: bool
    has_open_claim: bool
    has_open_advance: bool
    held_because: str
    year_is_open: bool = False

    @property
    def over_on(self) -> date:
        """The last day on which it is kept, if nothing holds it; never before its year is over, when the year's figures are made."""
        last = due_after(Months(self.months), max(self.moved_on, self.ends_on or self.moved_on))
        return max(last or self.moved_on, date(self.year, 12, 31))


@dataclass(frozen=True, slots=True)
class Kept:
    """One whose time is over and that stays all the same, with the reasons."""

    case: Case
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sorted:
    """Whose time is over: what goes, and what something holds back."""

    due: tuple[Case, ...]
    kept: tuple[Kept, ...]


def sort_out(cases: Iterable[Case], today: date) -> Sorted:
    """All of one person's of one year go together, or none."""
    found = list(cases)
    over = {one.pk: reasons(one, today) for one in found if one.over_on < today}
    stays = {_whose(one) for one in found if one.person is not None and over.get(one.pk, ("",))}
    due, kept = [], []
    for one in found:
        if one.pk not in over:
            continue
        because = over[one.pk] or ((TOGETHER,) if _whose(one) in stays else ())
        if because:
            kept.append(Kept(one, because))
        else:
            due.append(one)
    return Sorted(tuple(due), tuple(kept))


def reasons(case: Case, today: date) -> tuple[str, ...]:
    """What holds one back whose time is over."""
    told = [f"Kept by hand: {case.held_because}"] if case.held_because else []
    if case.state in NOT_ENDED:
        told.append(NOT_ENDED[case.state])
    if case.has_open_claim:
        told.append(CLAIM)
    if case.has_open_advance:
        told.append(ADVANCE)
    if case.year_is_open:
        told.append(YEAR_OPEN)
    asked_until = _asked_until(case)
    if asked_until and asked_until >= today:
        told.append(f"What came of it is asked until {asked_until.day} {asked_until:%B %Y}")
    return tuple(told)


def _asked_until(case: Case) -> date | None:
    if case.state != ApplicationState.CLOSED or not case.has_award:
        return None
    days = [day for follow in case.follows if (day := due_after(follow, case.ends_on))]
    return max(days) + ANSWERED_WITHIN if days else None


def _whose(case: Case) -> tuple[int | None, int]:
    return case.person, case.year


def groups(cases: Iterable[Case]) -> dict[tuple[int | None, int], list[int]]:
    """The ids of those that are one person's of one year."""
    found: dict[tuple[int | None, int], list[int]] = {}
    for one in cases:
        found.setdefault(_whose(one), []).append(one.pk)
    return found


def press_words(applications: int, drafts: int) -> str:
    """What the press does."""
    told = [f"strip {applications} application{'' if applications == 1 else 's'}"] if applications else []
    told += [f"remove {drafts} draft{'' if drafts == 1 else 's'}"] if drafts else []
    words = " and ".join(told)
    return words[:1].upper() + words[1:]


def done_words(applications: int, drafts: int) -> str:
    """That it did it."""
    told = (
        [f"{applications} application{' tells' if applications == 1 else 's tell'} of nobody any more."]
        if applications
        else []
    )
    told += [f"{drafts} draft{' is' if drafts == 1 else 's are'} gone."] if drafts else []
    return " ".join(told)


def by_panel(cases: Iterable[Case]) -> list[tuple[str, int, int]]:
    """Panel, applications, awards among them; in the order given."""
    found: dict[str, list[Case]] = {}
    for one in cases:
        found.setdefault(one.panel or NO_PANEL, []).append(one)
    return [(panel, len(those), sum(one.has_award for one in those)) for panel, those in found.items()]


#: States in which an application may be stripped once its time is over; the database keeps the same list (migration 0013). Drafts never came in.
GOES_FROM = (*ENDED, ApplicationState.DRAFT, ApplicationState.WITH_APPROVERS)
