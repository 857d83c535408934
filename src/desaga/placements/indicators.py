"""What schemes declare as indicators, for whoever runs them: of a calendar year up to a day, and by scheme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from desaga.indicators.queries import has_reading_in_month
from desaga.indicators.registry import Computed, Indicator, Source
from desaga.indicators.states import FEWEST_PEOPLE, Better, Disclosure, Unit

from .queries.counting import Counted, figures_of_year, scheme_names
from .queries.given import given_in_year

SCHEME = "scheme"
YEAR = "in the calendar year up to this day"
ONCE = "Read once a month. Where fewer than five people stand behind a figure it is hidden, and so is the whole where it would tell what a hidden part is."


def _declared(
    key: str, name: str, counts: str, unit: Unit, *phrases: str, hides: bool = True, cut: bool = True
) -> Indicator:
    return Indicator(
        key=f"placements.{key}",
        name=name,
        definition=f"{counts} {ONCE if hides else 'Read once a month.'}",
        unit=unit,
        better=Better.MORE,
        disclosure=Disclosure.SMALL_HIDDEN if hides else Disclosure.OPEN,
        cuts={SCHEME: "Scheme"} if cut else {},
        phrases=phrases,
    )


GIVEN = (
    _declared("given", "Placements of our people", f"Placements that people here gave us {YEAR}, to be used as evidence.", Unit.NUMBER, "placements undertaken", "people on placement", cut=False),
    _declared("given_days", "Days of our people on placement", f"Days of the placements that people here gave us {YEAR}, as the hosts confirmed.", Unit.DAYS, "days away on placement", cut=False),
)  # fmt: skip
INDICATORS = (
    _declared("applications", "Applications to our schemes", f"Applications that came in {YEAR}, withdrawn ones too.", Unit.NUMBER, "applications received"),
    _declared("awards", "Awards", f"Awards that were offered {YEAR} and not turned down since.", Unit.NUMBER, "awards made", "placements funded"),
    _declared("days", "Days on placement", f"Days on which technicians were at their hosts {YEAR}, as the hosts confirmed.", Unit.DAYS, "placement days"),
    _declared("awarded", "Money awarded", f"The sum of the awards that were offered {YEAR} and not turned down since.", Unit.POUNDS, "funding awarded"),
    _declared("paid", "Money paid", f"What was paid {YEAR}, without what came back of advances.", Unit.POUNDS, "funding paid"),
    _declared("hosts", "Hosts", f"Different hosts named in awards that were offered {YEAR} and not turned down since. One host under two names counts twice until the two are merged in the directory.", Unit.NUMBER, "hosts of placements", hides=False),
    _declared("reports", "Reports on time", f"Of the reports that were due {YEAR}, the share that came by the day.", Unit.PER_CENT, "reports on time"),
    _declared("sessions", "Sessions for colleagues", f"Sessions held {YEAR} in which people passed on what they had learnt.", Unit.NUMBER, "knowledge sharing sessions"),
)  # fmt: skip
KEYS = [one.key for one in (*INDICATORS, *GIVEN)]


def compute(today: date) -> Iterator[Computed]:
    """Where all stand in the organisation in scope: of its schemes, if it runs some, and of what its people gave it."""
    if has_reading_in_month(KEYS, today):
        return
    given = given_in_year(today)
    for indicator in GIVEN:
        if counted := given.get(indicator.key.removeprefix("placements.")):
            yield _computed(indicator, counted)
    names = scheme_names()
    if not names:
        return
    figures = figures_of_year(today)
    for indicator in INDICATORS:
        yield from _of(indicator, figures.get(indicator.key.removeprefix("placements."), {}), names)


def _of(indicator: Indicator, parts: Mapping[int, Counted], names: Mapping[int, str]) -> Iterator[Computed]:
    if not parts:
        return
    whole = _together(list(parts.values()))
    yield _computed(indicator, whole, people=_people_told(whole, list(parts.values())))
    for pk, counted in parts.items():
        yield _computed(indicator, counted, cut=SCHEME, part=str(pk), label=names.get(pk, ""))


def _people_told(whole: Counted, parts: list[Counted]) -> int:
    """How many stand behind the whole; none where, with the parts that are shown, it would tell what hidden ones are."""
    hidden: set[str] = set().union(*(one.people for one in parts if len(one.people) < FEWEST_PEOPLE))
    return 0 if hidden and len(hidden) < FEWEST_PEOPLE else len(whole.people)


def _together(parts: list[Counted]) -> Counted:
    whole = Counted()
    for one in parts:
        whole.value += one.value
        whole.of += one.of
        whole.people |= one.people
        whole.names |= one.names
    return whole


def _computed(
    indicator: Indicator, counted: Counted, *, people: int | None = None, cut: str = "", part: str = "", label: str = ""
) -> Computed:
    is_share, counts_names = indicator.unit == Unit.PER_CENT, indicator.disclosure == Disclosure.OPEN
    value = Decimal(len(counted.names)) if counts_names else counted.value
    if is_share:
        value = (100 * counted.value / counted.of).quantize(Decimal("0.1"))
    behind = None if counts_names else len(counted.people) if people is None else people
    return Computed(
        indicator.key, value, of=counted.of if is_share else None, cut=cut, part=part, label=label, people=behind
    )


SOURCE = Source((*INDICATORS, *GIVEN), compute)
