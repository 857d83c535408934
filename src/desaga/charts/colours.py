"""One hue for one meaning, in every chart. The set is Okabe and Ito's, told apart by every kind of colour vision.

Source: https://jfly.uni-koeln.de/color/.
"""

from __future__ import annotations

from dataclasses import dataclass

INK, BLACK, WHITE, LINE = "#1a1d21", "#000000", "#ffffff", "#757a80"
#: No colour but a word: `chart.draw` hatches what is filled with it.
HATCH = "#fedcba"


@dataclass(frozen=True)
class Hue:
    """A fill, and the text that can be read on it (contrast of at least 4.5)."""

    fill: str
    text: str


BLUE = Hue("#0072b2", WHITE)
SKY = Hue("#56b4e9", BLACK)
GREEN = Hue("#009e73", BLACK)
YELLOW = Hue("#f0e442", BLACK)
ORANGE = Hue("#e69f00", BLACK)
VERMILION = Hue("#d55e00", BLACK)
PURPLE = Hue("#cc79a7", BLACK)
GREY = Hue("#c4bfb5", BLACK)

OKABE_ITO = (BLUE, ORANGE, GREEN, SKY, VERMILION, PURPLE, YELLOW)

MEANINGS = {
    "complete": GREEN,
    "in_progress": BLUE,
    "delayed": ORANGE,
    "on_hold": PURPLE,
    "not_started": GREY,
    "stopped": VERMILION,
    "business_as_usual": SKY,
}
