"""The same people as three HR systems would write them: HESA's own names, as Trent and iTrent do, and one row an activity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from .people import ACADEMIC, Human, Institution, Job

LEVELS = {1: "P0", 2: "O0", 3: "N0", 4: "M0", 5: "L0", 6: "K0", 7: "J0", 8: "I0", 9: "F1"}
SEX = {"10": "Female", "11": "Male", "12": "Other", "96": "Prefer not to say"}
ETHNICITY = {"160": "White British", "179": "Any other White background", "103": "Indian", "104": "Pakistani", "120": "African", "121": "Caribbean",
             "101": "Chinese", "140": "White and Asian", "180": "Arab", "998": "Information refused"}  # fmt: skip
DISABILITY = {"95": "None", "51": "Dyslexia", "54": "Long-standing illness", "55": "Mental health condition", "56": "Physical impairment",
              "57": "Deaf or hearing impairment", "98": "Information refused"}  # fmt: skip
REASON = {
    "": "",
    "01": "Resigned",
    "02": "End of contract",
    "03": "Retired",
    "04": "Voluntary severance",
    "98": "Other",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """One way of writing an extract; `rows` gives the rows of one person."""

    key: str
    heads: Sequence[str]

    def rows(self, human: Human, day: date) -> Iterator[list[str]]:
        return _ROWS[self.key](human, day)


HESA = Layout("hesa", (
    "STAFFID", "SURNAME", "FORENAMES", "BIRTHDTE", "SEXID", "ETHNIC", "DISABLE1", "CONTRACTID", "TITLE OF POST", "STAFF GROUP", "GRADE", "DEPARTMENT",
    "SOC2020", "TERMS", "MOEMP", "LEVELS", "ACEMPFUN", "FTE", "STARTCON", "ENDCON", "RESLEAVE", "DATEFSTAPP", "GRADE START DATE",
))  # fmt: skip
ITRENT = Layout("itrent", (
    "Employee No", "Surname", "Known As", "Date of Birth", "Gender", "Ethnic Origin", "Disability", "Post Reference", "Position Title", "Job Family",
    "Pay Grade", "Org Unit Name", "Cost Centre", "SOC Code", "Contract Type", "Full/Part Time", "Contracted Hours", "Position Start Date",
    "Occupancy end date", "Reason for Leaving", "Continuous Service Date",
))  # fmt: skip
ACTIVITY = Layout("activity", (
    "Person ID", "Name", "Birth Date", "Assignment Number", "Job Title", "Staff Category", "Grade Name", "School", "Activity SOC", "Activity Percentage",
    "FTE %", "Assignment Start", "Assignment End", "Termination Reason",
))  # fmt: skip
LAYOUTS = {layout.key: layout for layout in (HESA, ITRENT, ACTIVITY)}


def _uk(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _hesa(human: Human, day: date) -> Iterator[list[str]]:
    for job in human.jobs:
        yield [
            human.number, human.last, human.first, human.born.isoformat(), human.sex, human.ethnicity, human.disability, job.number, job.post.title,
            job.post.family, f"Grade {job.grade}", job.unit, job.post.soc, "2" if job.is_fixed else "1", "1" if job.fte == 1 else "3",
            # Hours and shares of one person, not a count of people.
            LEVELS[job.grade], ACADEMIC.get(job.post.title, "9"), f"{job.fte:g}", job.starts_on.isoformat(),
            job.ends_on.isoformat() if job.ends_on else "", job.reason, human.joined_on.isoformat(), job.grade_since.isoformat(),
        ]  # fmt: skip


def _itrent(human: Human, day: date) -> Iterator[list[str]]:
    for job in human.jobs:
        yield [
            human.number, human.last, human.first, _uk(human.born), SEX[human.sex], ETHNICITY[human.ethnicity], DISABILITY[human.disability],
            job.number, job.post.title, job.post.family, f"G{job.grade}", job.unit, f"CC{1000 + len(job.unit)}", job.post.soc,
            # Hours and shares of one person, not a count of people.
            "Fixed Term" if job.is_fixed else "Permanent", "Full Time" if job.fte == 1 else "Part Time", f"{job.fte * 35:g}", _uk(job.starts_on),
            _uk(job.ends_on), REASON[job.reason], _uk(human.joined_on),
        ]  # fmt: skip


def _activity(human: Human, day: date) -> Iterator[list[str]]:
    for job in human.jobs:
        for soc, share in _activities(job):
            yield [
                human.number, f"{human.first} {human.last}", f"{human.born:%d-%b-%Y}", job.number, job.post.title, job.post.family, f"Grade {job.grade}",
                # Hours and shares of one person, not a count of people.
                job.unit, soc, str(share), f"{job.fte * 100:g}%", f"{job.starts_on:%d-%b-%Y}", f"{job.ends_on:%d-%b-%Y}" if job.ends_on else "31-Dec-4712",
                REASON[job.reason],
            ]  # fmt: skip


def _activities(job: Job) -> Sequence[tuple[str, int]]:
    if job.post.title == "Experimental Officer":
        return (job.post.soc, 60), ("3111", 40)
    return ((job.post.soc, 100),)


_ROWS = {"hesa": _hesa, "itrent": _itrent, "activity": _activity}


def rows_of(institution: Institution, layout: Layout) -> list[list[str]]:
    """The extract of the institution's day: everybody who was there in the year."""
    return [row for human in institution.humans for row in layout.rows(human, institution.day)]


#: What of a row is the person's, and not the post's.
OF_PERSON = frozenset((
    "STAFFID", "SURNAME", "FORENAMES", "BIRTHDTE", "SEXID", "ETHNIC", "DISABLE1", "DATEFSTAPP", "Employee No", "Surname", "Known As", "Date of Birth",
    "Gender", "Ethnic Origin", "Disability", "Continuous Service Date", "Person ID", "Name", "Birth Date",
    "STARTCON", "ENDCON", "RESLEAVE", "GRADE START DATE", "Position Start Date", "Occupancy end date", "Reason for Leaving", "Assignment Start",
    "Assignment End", "Termination Reason",
))  # fmt: skip


def vacated(row: Sequence[str], layout: Layout) -> list[str]:
    """The post of a row, which nobody holds any more."""
    return ["" if head in OF_PERSON else value for head, value in zip(layout.heads, row, strict=True)]


def dirtied(rows: Sequence[Sequence[str]], layout: Layout, seed: int, share: float = 0.03) -> list[list[str]]:
    """The rows as a real system has them: words that no code list knows, dates the wrong way round, ends before starts, totals below."""
    random, dirty = Random(seed), [list(row) for row in rows]
    places = {head: n for n, head in enumerate(layout.heads)}
    for row in random.sample(dirty, max(1, int(len(dirty) * share))):
        random.choice(_SPOILS)(row, places, random)
    for row in dirty:
        _in_house_words(row, places)
    first = dirty[0]
    dirty.append([*first[:3], "01/01/1975", *first[4:]] if layout.key == "itrent" else list(first))
    return dirty


def _in_house_words(row: list[str], places: dict[str, int]) -> None:
    """Words that only this institution uses: each is to be mapped once."""
    for head, old, new in (("Contract Type", "Fixed Term", "FTC-R"), ("Ethnic Origin", "White British", "White - Brit/UK"),
                           ("Gender", "Prefer not to say", "PNS"), ("Reason for Leaving", "Resigned", "Resig - pers")):  # fmt: skip
        if head in places and row[places[head]] == old:
            row[places[head]] = new


def _put(row: list[str], places: dict[str, int], value: str, *heads: str) -> None:
    for head in heads:
        if head in places:
            row[places[head]] = value


def _bad_date(row: list[str], places: dict[str, int], random: Random) -> None:
    _put(
        row,
        places,
        random.choice(("07/31/2019", "31/06/2020", "soon", "00/00/0000")),
        "Position Start Date",
        "STARTCON",
        "Assignment Start",
    )


def _bad_soc(row: list[str], places: dict[str, int], random: Random) -> None:
    _put(row, places, random.choice(("311", "tbc", "99999")), "SOC Code", "SOC2020", "Activity SOC")


def _bad_end(row: list[str], places: dict[str, int], random: Random) -> None:
    _put(row, places, "01/01/1990", "Occupancy end date")
    _put(row, places, "1990-01-01", "ENDCON")
    _put(row, places, "01-Jan-1990", "Assignment End")


def _bad_share(row: list[str], places: dict[str, int], random: Random) -> None:
    _put(row, places, random.choice(("370", "n.a. (see notes)")), "Contracted Hours", "FTE", "FTE %")


def _no_number(row: list[str], places: dict[str, int], random: Random) -> None:
    row[0] = ""


_SPOILS = (_bad_date, _bad_date, _bad_soc, _bad_soc, _bad_end, _bad_share, _no_number)
