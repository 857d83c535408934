"""Figures bound by sums: what the engine and the attacker both reason about.

A web has figures with their true whole values, and relations, each a sum that is nought: the cells of a row less its
total. A two-dimensional table with its margins is a web in which each figure stands in one row and one column
relation: a network, whose linear programs have whole solutions, so that the intervals found are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .policies import Policy
from .rounding import behind, rounded

Relation = tuple[tuple[int, int], ...]  # (figure, sign or weight), …: together nought


@dataclass(frozen=True, slots=True)
class Web:
    """`sensitive` figures must keep `need` between the least and most an attacker may believe.

    `slack[i]`: how far below and above its true value a *shown* figure may be believed (rounding); `cost[i]`: what is lost
    when it is hidden beside the sensitive ones. A zero is never hidden: it holds nobody, and may be seen. `floor`: what an
    attacker takes a hidden figure for at least. `doubt`: what whoever knows that no zero is hidden must be left with of *every*
    hidden figure, most less least; 0 where that is not asked.
    """

    values: tuple[int, ...]
    relations: tuple[Relation, ...]
    sensitive: tuple[int, ...]
    need: int
    slack: tuple[tuple[int, int], ...]
    network: bool = True
    cost: tuple[int, ...] = field(default=())
    floor: int = 0
    doubt: int = 0

    @property
    def informed(self) -> Web:
        """As the web is to whoever sees that zeros are shown, and so knows that what is hidden is one or more."""
        # A small figure would be shown as a rounded nought; hidden, it is not to be believed as far down as that.
        slack = tuple(
            (min(below, max(0, value - 1)), above)
            for value, (below, above) in zip(self.values, self.slack, strict=True)
        )
        return replace(self, need=self.doubt, floor=1, slack=slack)

    @property
    def free(self) -> list[int]:
        """The figures that may be hidden to protect others."""
        kept = set(self.sensitive)
        return [i for i, value in enumerate(self.values) if value and i not in kept]

    @property
    def reach(self) -> int:
        """How far a hidden figure need ever move.

        In a network a movement falls apart into circles, so that no figure moves further than the one that is protected;
        elsewhere four times as far is allowed, which can only hide more than needed, never less.
        """
        return max(1, self.need) * (1 if self.network else 4)

    def room(self, figure: int, hidden: float) -> tuple[float, float]:
        """How far below and above its value a figure may be believed, `hidden` being 0, 1 or, in a relaxation, between."""
        below, above = self.slack[figure]
        more_below, more_above = self.widening(figure)
        return below + more_below * hidden, above + more_above * hidden

    def widening(self, figure: int) -> tuple[int, int]:
        """What hiding adds to the room of a figure."""
        below, above = self.slack[figure]
        least = min(self.values[figure] - self.floor, self.reach)
        return max(0, least - below), max(0, self.reach - above)


def believed(shown: int, policy: Policy) -> tuple[int, int]:
    """The least and most count behind a shown figure, for who knows the policy: nobody, or at least the threshold."""
    low, high = behind(shown, policy.base)
    if shown == 0:
        return 0, high if high >= max(1, policy.threshold) else 0
    return max(low, policy.threshold), high


def shown_slack(value: int, policy: Policy) -> tuple[int, int]:
    """How far below and above its true value a shown figure may be believed."""
    low, high = believed(int(rounded(value, policy.base)), policy)
    return max(0, value - low), max(0, high - value)


def web_of(
    values: Sequence[int],
    relations: Sequence[Relation],
    policy: Policy,
    *,
    people: Sequence[int] | None = None,
    network: bool = True,
) -> Web:
    """The web of some figures under a policy; `people` are those behind each where they are not the values.

    Where they are, no zero is hidden, and who knows that must be left in doubt by one of every hidden figure.
    """
    counted = values if people is None else people
    return Web(
        values=tuple(values),
        relations=tuple(relations),
        sensitive=tuple(i for i, count in enumerate(counted) if policy.hides(count)),
        need=policy.protection,
        slack=tuple(shown_slack(value, policy) for value in values),
        network=network,
        cost=tuple(max(1, value) for value in values),
        doubt=1 if people is None else 0,
    )
