"""What plans declare as indicators: shares of actions, of the organisation and of each plan, and coverage of each framework."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from desaga.indicators.registry import Computed, Indicator, Source
from desaga.indicators.states import Better, Unit

from .counting import COUNTED, Counted, Seen, Share, share_of
from .queries import indicators as queries

PLAN, FRAMEWORK, UNIT, THEME = "plan", "framework", "unit", "theme"
COVERAGE = "plans.coverage"
#: Casing may lengthen a letter: the key of a part has 200.
LONGEST_PART = 150


OF_PARTS = (
    "By unit an action counts for each unit that carries it, as its party; where none does, for the unit of its plan. By theme it counts for its "
    "plan’s theme, themes of the same name together. What has neither is in the whole alone."
)


def _declared(one: Counted) -> Indicator:
    return Indicator(
        key=one.key,
        name=one.name,
        definition=f"{one.definition} {OF_PARTS}",
        unit=Unit.PER_CENT,
        better=Better.MORE if one.more_is_better else Better.LESS,
        cuts={PLAN: "Plan", UNIT: "Unit", THEME: "Theme"},
        phrases=one.phrases,
    )


INDICATORS = (
    *map(_declared, COUNTED),
    Indicator(
        key=COVERAGE,
        name="Coverage of frameworks",
        definition=(
            "Of a framework’s principles, the share that at least one action of a plan at work answers. An optional principle is counted only where "
            "it is answered; what is only suggested is no answer; business as usual is left out. Frameworks that no action names are not read, nor "
            "are those whose principles Desaga does not know."
        ),
        unit=Unit.PER_CENT,
        better=Better.MORE,
        cuts={FRAMEWORK: "Framework"},
        has_whole=False,
        phrases=("principles covered", "principles answered"),
    ),
)


def compute(today: date) -> Iterator[Computed]:
    """Where all stand in the organisation in scope; six queries, however many plans, units and themes there are."""
    actions = queries.actions_counted()
    parts = parts_of(actions, queries.plans_counted(), queries.units_named())
    for counted in COUNTED:
        if whole := share_of(counted, actions, today):
            yield computed(counted.key, whole)
        for (cut, part, label), some in parts.items():
            if share := share_of(counted, some, today):
                yield computed(counted.key, share, cut, part, label)
    for name, share in queries.coverage_counted().items():
        yield computed(COVERAGE, share, FRAMEWORK, name[:200], name)


def parts_of(
    actions: Iterable[Seen], plans: Mapping[int, str], units: Mapping[int, str]
) -> dict[tuple[str, str, str], list[Seen]]:
    """The actions by cut, part and what that is called; only parts that have actions, so that no empty row is read every night."""
    found: dict[tuple[str, str, str], list[Seen]] = defaultdict(list)
    called: dict[str, str] = {}
    for one in actions:
        found[PLAN, str(one.plan), plans[one.plan]].append(one)
        for unit in one.units:
            found[UNIT, str(unit), units[unit]].append(one)
        if theme := " ".join(one.theme.split())[:LONGEST_PART]:
            found[THEME, theme.casefold(), called.setdefault(theme.casefold(), theme)].append(one)
    return found


def computed(key: str, share: Share, *part: str) -> Computed:
    return Computed(key, Decimal(str(round(share.per_cent, 2))), share.of, *part)


SOURCE = Source(INDICATORS, compute)
