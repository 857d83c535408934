"""What is counted of activities: of an organisation as an employer, with small numbers hidden."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from desaga.indicators.queries import has_reading_in_month
from desaga.indicators.registry import Computed, Indicator, Source
from desaga.indicators.states import Better, Disclosure, Unit
from desaga.tenancy.context import current_organisation

from . import queries

RECORDED, PEOPLE, HOURS = "activities.recorded", "activities.people", "activities.hours"
WHOSE = "of people who work here today, while they worked here, in the calendar year up to this day"

KEYS = (RECORDED, PEOPLE, HOURS)
HOW_COARSE = "Read once a month and rounded: activities and people to 5, hours to 10. So nobody reckons from two readings what one person did who came or left."

# No cuts: of a whole and all parts but one, the hidden part could be reckoned.
INDICATORS = (
    Indicator(
        key=RECORDED,
        name="Activities this year",
        definition=f"How many activities are recorded {WHOSE}. Each is counted once, by whom or whatever slice it was recorded. {HOW_COARSE}",
        unit=Unit.NUMBER,
        better=Better.MORE,
        disclosure=Disclosure.SMALL_HIDDEN,
        phrases=("activities recorded", "development activities"),
    ),
    Indicator(
        key=PEOPLE,
        name="People with an activity this year",
        definition=f"How many people have at least one activity recorded, counting those {WHOSE}. {HOW_COARSE}",
        unit=Unit.NUMBER,
        better=Better.MORE,
        disclosure=Disclosure.SMALL_HIDDEN,
        phrases=("technicians recording development", "staff recording activities"),
    ),
    Indicator(
        key=HOURS,
        name="Hours of activities this year",
        definition=f"The hours of all activities recorded {WHOSE}. Activities without hours count as none. {HOW_COARSE}",
        unit=Unit.HOURS,
        better=Better.MORE,
        disclosure=Disclosure.SMALL_HIDDEN,
        phrases=("hours development", "hours training"),
    ),
)


def compute(today: date) -> Iterator[Computed]:
    """Where they stand in the organisation in scope, once a month; two queries, one where this month was read already."""
    if has_reading_in_month(KEYS, today):
        return
    sums = queries.sums_of_year(current_organisation(), today)
    for key, value, to in ((RECORDED, sums.activities, 5), (PEOPLE, sums.people, 5), (HOURS, sums.hours, 10)):
        yield Computed(key, rounded(Decimal(value), to), people=sums.people)


def rounded(value: Decimal, to: int) -> Decimal:
    """To the nearest multiple; what lies between goes up."""
    return (value / to).quantize(Decimal(1), ROUND_HALF_UP) * to


SOURCE = Source(INDICATORS, compute)
