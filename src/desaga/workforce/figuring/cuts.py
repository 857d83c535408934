"""The ways in which figures are cut, all of them. They are fixed: nobody combines characteristics of people freely.

A dimension puts a person, by one of their contracts, into a row or column. Two characteristics that the Equality Act protects meet in one
table only where it stands here: age by sex, for the pyramid.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from ..population import Contract
from . import groups
from .model import BLANK, WHOLE, Cut, Label
from .presence import Present
from .stating import Stating, band, bands, folded


@dataclass(frozen=True, slots=True)
class Frame:
    """What a dimension looks at besides the person: what is stated, and the day. Labels of bands are made once."""

    stating: Stating
    on: date
    ages: tuple[Label, ...] = field(init=False)
    services: tuple[Label, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ages", bands(self.stating.age_bands, "All ages"))
        object.__setattr__(self, "services", service_bands(self.stating.service_bands))


Place = Callable[[Present, Contract, Frame], Label]


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to divide people. `needs` are its fields; `fixed` are labels that are shown even when empty, in their order.

    `order` sorts the labels that are not fixed.
    """

    key: str
    words: str
    needs: tuple[str, ...]
    place: Place
    fixed: Callable[[Frame], tuple[Label, ...]] = lambda frame: ()
    order: Callable[[Label, Frame], tuple[int, str]] = lambda label, frame: (0, label.words.casefold())


def service_bands(firsts: tuple[int, ...]) -> tuple[Label, ...]:
    """Bands of whole years of service: "Under 1 year", "1 to 4 years"."""
    return tuple(
        Label(one.key, f"{one.words} {'year' if one.words == 'Under 1' else 'years'}") for one in bands(firsts, "All")
    )


def years_between(start: date, end: date) -> int:
    """Whole years; 29 February has its anniversary on 1 March."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _unit(one: Present, contract: Contract, frame: Frame) -> Label:
    if contract.unit is None:
        return NO_UNIT if contract.unit_label else BLANK
    return frame.stating.units.get(contract.unit) or Label(
        str(contract.unit), contract.unit_label or str(contract.unit)
    )


NO_UNIT = Label("?", "In no unit that Desaga knows")


def _grade(one: Present, contract: Contract, frame: Frame) -> Label:
    key = folded(contract.grade)
    if not key:
        return BLANK
    rank = frame.stating.ranks.get(key)
    return Label(key, " ".join(contract.grade.split()) if rank is None else frame.stating.grades[rank])


def _by_rank(label: Label, frame: Frame) -> tuple[int, str]:
    """Grades from the lowest, those that are not in the order after them."""
    return frame.stating.ranks.get(label.key, len(frame.stating.grades)), label.words.casefold()


def _age(one: Present, contract: Contract, frame: Frame) -> Label:
    age = one.person.age
    return BLANK if age is None else band(frame.stating.age_bands, age, frame.ages)


def _service(one: Present, contract: Contract, frame: Frame) -> Label:
    joined = one.person.joined
    if joined is None or joined > frame.on:
        return BLANK
    return band(frame.stating.service_bands, years_between(joined, frame.on), frame.services)


def _coded(read: Callable[[Contract], str], labels: dict[str, Label]) -> Place:
    def place(one: Present, contract: Contract, frame: Frame) -> Label:
        code = read(contract)
        return labels.get(code) or (Label(code, code) if code else BLANK)

    return place


def _once(labels: dict[str, Label]) -> tuple[Label, ...]:
    return tuple(dict.fromkeys(labels.values()))


def _said(field: str, read: Callable[[tuple[str, ...]], Label]) -> Place:
    return lambda one, contract, frame: read(one.person.equality.get(field, ()))


TECHNICAL, REST = Label("technical", "Technical staff"), Label("rest", "Rest of the institution")


def _until(age: int) -> Dimension:
    """Years until people reach an age. Of somebody whose age is a number of whole years it is known within which year they reach it."""

    def place(one: Present, contract: Contract, frame: Frame) -> Label:
        if one.person.age is None:
            return BLANK
        return horizon_label(age - one.person.age, frame.stating.horizons, age)

    def fixed(frame: Frame) -> tuple[Label, ...]:
        ahead = (0, *frame.stating.horizons)
        return (*(horizon_label(years, frame.stating.horizons, age) for years in ahead), _later(frame.stating.horizons))

    return Dimension(f"until_{age}", f"Years until {age}", ("age",), place, fixed)


def horizon_label(years: int, horizons: tuple[int, ...], age: int) -> Label:
    """Where so many years ahead lie: reached, within 5 years, within 5 to 10 years, later."""
    if years <= 0:
        return Label("reached", f"{age} or older")
    nearest = next((place for place, horizon in enumerate(horizons) if years <= horizon), None)
    if nearest is None:
        return _later(horizons)
    to = horizons[nearest]
    return Label(
        f"within-{to}", f"Within {to} years" if not nearest else f"Within {horizons[nearest - 1]} to {to} years"
    )


def _later(horizons: tuple[int, ...]) -> Label:
    return Label("later", f"In more than {horizons[-1]} years" if horizons else "Not yet")


def dimension(key: str) -> Dimension:
    """The dimension of a key; "until_65" is the years until 65, whatever age is stated."""
    return _until(int(key.removeprefix("until_"))) if key.startswith("until_") else DIMENSIONS[key]


DIMENSIONS: dict[str, Dimension] = {
    one.key: one
    for one in (
        Dimension("unit", "Unit", ("unit",), _unit),
        Dimension("grade", "Grade", ("grade",), _grade, order=_by_rank),
        Dimension("terms", "Terms of employment", ("terms",), _coded(lambda c: c.terms, groups.TERMS), lambda f: _once(groups.TERMS)),
        Dimension("mode", "Mode of employment", ("mode",), _coded(lambda c: c.mode, groups.MODES), lambda f: _once(groups.MODES)),
        Dimension("level", "Contract level", ("level",), lambda one, c, f: groups.level_of(c.level)),
        Dimension("age", "Age", ("age",), _age, lambda f: f.ages),
        Dimension("service", "Length of service", ("joined",), _service, lambda f: f.services),
        Dimension("sex", "Sex", ("sex",), _said("sex", groups.sex_of), lambda f: groups.SEX_GROUPS),
        Dimension("ethnicity", "Ethnicity", ("ethnicity",), _said("ethnicity", groups.ethnicity_of), lambda f: groups.ETHNICITY_GROUPS),
        Dimension("disability", "Disability", ("disability",), _said("disability", groups.disability_of), lambda f: groups.DISABILITY_GROUPS),
        Dimension("staff", "Staff", (), lambda one, c, f: TECHNICAL if one.technical else REST, lambda f: (TECHNICAL, REST)),
        Dimension("destination", "Moved to", ("function",), _coded(lambda c: c.function, groups.FUNCTIONS), lambda f: _once(groups.FUNCTIONS)),
        Dimension("reason", "Reason", ("leaving_reason",), _coded(lambda c: c.leaving_reason, groups.REASONS), lambda f: _once(groups.REASONS)),
    )
}  # fmt: skip

BY_UNIT, BY_GRADE = Cut("unit", "Unit", "unit"), Cut("grade", "Grade", "grade")
BY_TERMS, BY_MODE, BY_LEVEL = (
    Cut("terms", "Terms", "terms"),
    Cut("mode", "Mode", "mode"),
    Cut("level", "Level", "level"),
)
BY_AGE, BY_SERVICE = Cut("age", "Age", "age"), Cut("service", "Length of service", "service")
BY_SEX, BY_REASON = Cut("sex", "Sex", "sex"), Cut("reason", "Reason", "reason")
BY_DESTINATION = Cut("destination", "Moved to", "destination")
BY_STAFF = Cut("staff", "Technical staff and the rest", "staff")
BY_AGE_AND_SEX = Cut("age_sex", "Age and sex", "age", "sex")
BY_GRADE_AND_SEX = Cut("grade_sex", "Grade and sex", "grade", "sex")
OF_CONTRACTS = (WHOLE, BY_UNIT, BY_GRADE, BY_TERMS, BY_MODE, BY_LEVEL)
