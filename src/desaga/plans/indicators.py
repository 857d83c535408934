"""What plans declare as indicators: shares of actions, of the organisation and of each plan, and coverage of each framework."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from desaga.indicators.registry import Computed, Indicator, Source
from desaga.indicators.states import Better, Unit

from .counting import COUNTED, Counted, Seen, Share, share_of
from .queries import indicators as queries

PLAN, FRAMEWORK = "plan", "framework"
COVERAGE = "plans.coverage"


def _declared(one: Counted) -> Indicator:
    return Indicator(
        key=one.key,
        name=one.name,
        definition=one.definition,
        unit=Unit.PER_CENT,
        better=Better.MORE if one.more_is_better else Better.LESS,
        cuts={PLAN: "Plan"},
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
    """Where all stand in the organisation in scope; five queries, however many plans there are."""
    actions, titles = queries.actions_counted(), queries.plans_counted()
    of_plan: dict[int, list[Seen]] = {pk: [] for pk in titles}
    for action in actions:
        of_plan[action.plan].append(action)
    for counted in COUNTED:
        if whole := share_of(counted, actions, today):
            yield computed(counted.key, whole)
        for pk, title in titles.items():
            if part := share_of(counted, of_plan[pk], today):
                yield computed(counted.key, part, PLAN, str(pk), title)
    for name, share in queries.coverage_counted().items():
        yield computed(COVERAGE, share, FRAMEWORK, name[:200], name)


def computed(key: str, share: Share, *part: str) -> Computed:
    return Computed(key, Decimal(str(round(share.per_cent, 2))), share.of, *part)


SOURCE = Source(INDICATORS, compute)
