"""How full the data are, and how much of them the Staff record would take: field by field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..population import Contract
from . import declared
from .counting import share
from .model import ALL, NOT_COLLECTED, Cut, Figure, Label, RawCell, RawTable
from .moment import Moment
from .presence import Present
from .stock import Count


@dataclass(frozen=True, slots=True)
class Looked:
    """A field that is looked at. `name` is its attribute in a population, `read` what it says of a person, one value a contract.

    `path` is the field of the Staff record that it fills, if any; `codes` the list that it is coded in.
    """

    name: str
    words: str
    read: Callable[[Present], Sequence[object]]
    path: str = ""
    codes: str = ""


def _of_contracts(read: Callable[[Contract], object]) -> Callable[[Present], Sequence[object]]:
    return lambda one: [read(contract) for contract in one.counted]


def _said(name: str) -> Callable[[Present], Sequence[object]]:
    return lambda one: one.person.equality.get(name) or ("",)


LOOKED: tuple[Looked, ...] = (
    Looked("age", "Date of birth", lambda one: [one.person.age], "Person.BIRTHDTE"),
    Looked("sex", "Sex", _said("sex"), "Person.SEXID", "SEXID"),
    Looked("ethnicity", "Ethnicity", _said("ethnicity"), "Person.ETHNIC", "ETHNIC"),
    Looked("disability", "Disability", _said("disability"), "Person.DISABLE", "DISABLE"),
    Looked("terms", "Terms of employment", _of_contracts(lambda c: c.terms), "Contract.TERMS", "TERMS"),
    Looked("mode", "Mode of employment", _of_contracts(lambda c: c.mode), "Contract.MOEMP", "MOEMP"),
    Looked("level", "Contract level", _of_contracts(lambda c: c.level), "Contract.LEVELS", "LEVELS"),
    Looked("function", "Academic employment function", _of_contracts(lambda c: c.function), "Contract.ACEMPFUN", "ACEMPFUN"),
    Looked("paid", "Salaried or hourly paid", _of_contracts(lambda c: c.paid), "Contract.HOURLYPAID", "HOURPAY"),
    Looked("starts", "Contract starts", _of_contracts(lambda c: c.starts), "Contract.STARTCON"),
    Looked("fte", "FTE", _of_contracts(lambda c: c.fte), "Contract.CONFTE"),
    Looked("soc", "SOC2020", _of_contracts(lambda c: c.soc), "Activity.ACTSOC2020"),
    Looked("unit", "Unit", _of_contracts(lambda c: c.unit)),
    Looked("grade", "Grade", _of_contracts(lambda c: c.grade)),
    Looked("joined", "Joined the institution", lambda one: [one.person.joined]),
    Looked("grade_since", "In the grade since", _of_contracts(lambda c: c.grade_since)),
)  # fmt: skip
BY_NAME = {one.name: one for one in LOOKED}


def is_filled(looked: Looked, one: Present) -> bool:
    return all(value not in ("", None) for value in looked.read(one))


def filled(moment: Moment, figure: Figure, cut: Cut) -> RawTable:
    """For each field, the share of technical staff with a value in it."""

    def cell(looked: Looked) -> RawCell:
        people = sum(1 for one in moment.technical if is_filled(looked, one))
        return share(Decimal(people), Decimal(len(moment.technical)), people)

    return _by_field(moment, figure, cut, LOOKED, cell)


def valid(moment: Moment, figure: Figure, cut: Cut) -> RawTable:
    """For each coded field, the share of what is filled in that the year's list has. Lists that are not certain are not checked."""

    def cell(looked: Looked) -> RawCell:
        codes = moment.frame.stating.codes.get(looked.codes)
        if codes is None or not codes.is_certain:
            return NOT_COLLECTED
        told = [one for one in moment.technical if is_filled(looked, one)]
        people = sum(1 for one in told if all(value in codes.values for value in looked.read(one)))
        return share(Decimal(people), Decimal(len(told)), people)

    return _by_field(moment, figure, cut, [one for one in LOOKED if one.codes], cell)


def _by_field(
    moment: Moment, figure: Figure, cut: Cut, fields: Sequence[Looked], cell: Callable[[Looked], RawCell]
) -> RawTable:
    cells = {
        (one.name, ALL.key): cell(one) if moment.now.population.has((one.name,)) else NOT_COLLECTED for one in fields
    }
    return RawTable(
        figure=figure.key, cut=cut.key, rows=tuple(Label(one.name, one.words) for one in fields), cells=cells
    )


COUNTS: dict[str, Count] = {declared.FILLED.key: filled, declared.VALID.key: valid}
