"""What is counted of activities: of an organisation as an employer, with small numbers hidden."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from desaga.indicators.registry import Computed, Indicator, Source
from desaga.indicators.states import Better, Disclosure, Unit
from desaga.tenancy.context import current_organisation

from . import queries

RECORDED, PEOPLE, HOURS = "activities.recorded", "activities.people", "activities.hours"
WHOSE = "of people who work here today, while they worked here, in the calendar year up to this day"

# No cuts: of a whole and all parts but one, the hidden part could be reckoned.
INDICATORS = (
    Indicator(
        key=RECORDED,
        name="Activities this year",
        definition=f"How many activities are recorded {WHOSE}. Each is counted once, by whom or whatever slice it was recorded.",
        unit=Unit.NUMBER,
        better=Better.MORE,
        disclosure=Disclosure.SMALL_HIDDEN,
        phrases=("activities recorded", "development activities"),
    ),
    Indicator(
        key=PEOPLE,
        name="People with an activity this year",
        definition=f"How many people have at least one activity recorded, counting those {WHOSE}.",
        unit=Unit.NUMBER,
        better=Better.MORE,
        disclosure=Disclosure.SMALL_HIDDEN,
        phrases=("technicians recording development", "staff recording activities"),
    ),
    Indicator(
        key=HOURS,
        name="Hours of activities this year",
        definition=f"The hours of all activities recorded {WHOSE}. Activities without hours count as none.",
        unit=Unit.HOURS,
        better=Better.MORE,
        disclosure=Disclosure.SMALL_HIDDEN,
        phrases=("hours development", "hours training"),
    ),
)


def compute(today: date) -> Iterator[Computed]:
    """Where they stand in the organisation in scope; one query."""
    sums = queries.sums_of_year(current_organisation(), today)
    for key, value in ((RECORDED, sums.activities), (PEOPLE, sums.people), (HOURS, sums.hours)):
        yield Computed(key, Decimal(value), people=sums.people)


SOURCE = Source(INDICATORS, compute)
