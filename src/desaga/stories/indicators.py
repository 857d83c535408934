"""What stories declare as an indicator: how many are published, and by pillar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from desaga.indicators.registry import Computed, Indicator, Source
from desaga.indicators.states import Better, Unit

from .queries import has_stories, published_to_count
from .states import Pillar

PILLAR = "pillar"
PUBLISHED = Indicator(
    key="stories.published",
    name="Stories published",
    definition="Stories of technicians that are published on this day, each approved by whoever it is about. By pillar, a story counts under each that it is tagged with.",
    unit=Unit.NUMBER,
    better=Better.MORE,
    cuts={PILLAR: "Pillar"},
    phrases=("stories published", "case studies", "technician stories", "profiles of technicians"),
)


def compute(today: date) -> Iterator[Computed]:
    """Where it stands in the organisation in scope; nothing where it has no stories."""
    if not has_stories():
        return
    rows = published_to_count()
    yield Computed(PUBLISHED.key, Decimal(len(rows)))
    by_pillar = Counter(pillar for _, pillars in rows for pillar in pillars)
    for pillar in Pillar:
        yield Computed(PUBLISHED.key, Decimal(by_pillar[pillar]), cut=PILLAR, part=pillar, label=pillar.label)


SOURCE = Source((PUBLISHED,), compute)
