"""Who may see how much: a policy is data, and every published figure carries the name of one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


class BadPolicy(ValueError):
    """A policy that contradicts itself; the sentence says how."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How figures leave.

    `threshold`: 1 to `threshold` - 1 people are hidden (0: nothing is hidden). `base`: figures are rounded to its multiples,
    halves up (1: not rounded). `protection`: most less least value that an attacker who takes what is hidden for any number
    from 0 up can still believe of each figure under the threshold; as these are `protection` + 1 whole numbers, both readings
    of "an interval of W" hold for that attacker. Who knows that no zero is hidden may be left fewer, but never one alone (`Web.informed`).
    `least_for_share`, `least_for_average`: a percentage on fewer people, an average on fewer or as many, is hidden.
    """

    name: str
    threshold: int = 0
    base: int = 1
    protection: int = 0
    least_for_share: Decimal = Decimal(0)
    most_without_average: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        if self.threshold < 0 or self.protection < 0:
            raise BadPolicy("Threshold and protection are whole numbers from 0 up.")
        if self.base < 1:
            raise BadPolicy("The base of rounding is a whole number from 1 up; 1 means no rounding.")

    def hides(self, people: int | Decimal) -> bool:
        """Whether so many people are too few to be shown; nobody at all is no secret."""
        return 0 < people < self.threshold

    @property
    def sentence(self) -> str:
        """What a reader is told beside the figures."""
        said = []
        if self.base > 1:
            said.append(f"Rounded to the nearest {self.base}.")
        if self.threshold > 1:
            said.append(f"Fewer than {self.threshold} people are hidden, and so is what would give them away.")
        return " ".join(said) or "Exact figures: not for passing on."


#: HESA's Services Standard Rounding Methodology: every count to the nearest 5, halves up, under 2.5 to 0; percentages on
#: fewer than 22.5 and averages on 7 or fewer suppressed; totals rounded after they are calculated.
#: https://www.hesa.ac.uk/about/regulation/data-protection/rounding-and-suppression-anonymise-statistics (title and address found,
#: as archived on 8 March 2023; the rules as https://www.hesa.ac.uk/support/data-intelligence prints them beside its tables). One thing differs:
#: HESA takes percentages from unrounded numbers; `cells.share_cell` says why we do not.
#: `protection` 2: a rounded zero may be 0, 1 or 2, which is the narrowest that rounding to 5 leaves.
PUBLIC = Policy("public", base=5, protection=2, least_for_share=Decimal("22.5"), most_without_average=Decimal(7))
#: Exact, for the steward whose reading is logged.
STEWARD = Policy("steward")


#: What an organisation may choose from for inside.
INTERNAL_THRESHOLDS = (5, 10)


def internal(threshold: int = 5) -> Policy:
    """For leads inside an organisation: under the threshold (5 or 10) hidden, the remainder protected, the rest to 5."""
    if threshold not in INTERNAL_THRESHOLDS:
        raise BadPolicy("The internal threshold is 5 or 10.")
    return Policy(
        "internal",
        threshold,
        base=5,
        protection=threshold,
        least_for_share=Decimal("22.5"),
        most_without_average=Decimal(7),
    )


INTERNAL = internal()


def custom(threshold: int = 5, base: int = 1, protection: int | None = None) -> Policy:
    """Anyone's own rule; the protection is the threshold unless said."""
    return Policy("custom", threshold, base, threshold if protection is None else protection)
