"""The attacker: who knows every shown figure, every sum, the rounding, and that counts are whole and not negative."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from .solver import INFINITE, Program, Row, Unsolved
from .web import Web

TOLERANCE = 1e-6
#: Turns in which figures are proven many at once, before they are one by one.
TURNS = 6


@dataclass(frozen=True, slots=True)
class Movement:
    """How far a figure can be pushed up and down, and which figures move with it."""

    up: float
    down: float
    moved: frozenset[int]

    @property
    def width(self) -> float:
        """Most less least value that may be believed."""
        return self.up + self.down


def rows_of(web: Web) -> list[Row]:
    """The relations as conditions on movements: what moves must keep every sum."""
    return [([i for i, _ in row], [float(weight) for _, weight in row], 0.0, 0.0) for row in web.relations]


class Attacker:
    """Asks how far figures may move from their true values while all that is seen stays as it is.

    One linear program for all questions: only the objective changes from figure to figure, only the bounds from one
    choice of hidden figures to the next, and HiGHS goes on from the last basis.
    """

    def __init__(self, web: Web):
        import numpy

        self.web = web
        size = len(web.values)
        self._program = Program([0.0] * size, [0.0] * size, rows_of(web))
        #: How far each figure may be believed below and above, shown, and what hiding adds to that.
        self._slack = numpy.array(web.slack, dtype=float).reshape(size, 2)
        self._widening = numpy.array([web.widening(i) for i in range(size)], dtype=float).reshape(size, 2)

    def see(self, hidden: Sequence[float]) -> None:
        """Take notice of what is hidden: 1, or 0, or a part in a relaxation."""
        import numpy

        room = self._slack + self._widening * numpy.array(hidden, dtype=float)[:, None]
        self._program.bound(-room[:, 0], room[:, 1])

    def push(self, figure: int, towards: int) -> tuple[float, Sequence[float], Sequence[float]]:
        """How far a figure goes up (`towards` 1) or down (-1), the movement of all, and the price of each one's bound."""
        self._program.price_one(figure, -float(towards))
        least = self._program.run()
        answer = -least, self._program.values, self._program.reduced_costs
        self._program.price_one(figure, 0.0)
        return answer

    def movement(self, figure: int) -> Movement:
        """Both ways; stops at the need, for further is of no interest: up alone if that will do."""
        up, first, _ = self.push(figure, 1)
        if up >= self.web.need - TOLERANCE:
            return Movement(up, 0.0, _moved(first))
        down, second, _ = self.push(figure, -1)
        return Movement(up, down, _moved(first) | _moved(second))

    def together(self, figures: Collection[int], turn: int) -> dict[int, Movement]:
        """One movement that takes many figures as far as they go together, some up and some down, differently each turn: those that it proves."""
        cost = [0.0] * len(self.web.values)
        for figure in figures:
            cost[figure] = -1.0 if turn == 0 or (figure * 2654435761 >> (turn + 8)) & 1 else 1.0
        self._program.price(cost)
        self._program.run()
        values = self._program.values
        self._program.price([0.0] * len(cost))
        moved, need = _moved(values), self.web.need - TOLERANCE
        return {
            i: Movement(max(0.0, values[i]), max(0.0, -values[i]), moved) for i in figures if abs(values[i]) >= need
        }

    def at_once(self, figures: Collection[int]) -> dict[int, Movement]:
        """Proofs of as many figures as come of a few movements of all; those that are left out may yet be safe."""
        proofs: dict[int, Movement] = {}
        for turn in range(TURNS):
            left = [figure for figure in figures if figure not in proofs]
            if len(left) < 3:
                break
            proofs |= self.together(left, turn)
        return proofs

    def is_short(self, movement: Movement) -> bool:
        """Whether a movement leaves less than is needed."""
        return movement.width < self.web.need - TOLERANCE

    def short(self, figures: Collection[int]) -> list[int]:
        """Those of the figures that are left less than is needed."""
        proven = self.at_once(figures)
        return [i for i in figures if i not in proven and self.is_short(self.movement(i))]

    def cut(self, figure: int) -> tuple[float, dict[int, float], float]:
        """The width of a figure and the condition that it gives: Σ weight × hidden ≥ need less what rounding gives.

        By duality the width is at most Σ price × room, whatever is hidden; each price then says how much hiding a figure
        helps. (Fischetti and Salazar, Management Science 47 (2001) 1008, https://pubsonline.informs.org/doi/10.1287/mnsc.47.7.1008.9805 .)
        """
        width, weights, given = 0.0, dict[int, float](), 0.0
        for towards in (1, -1):
            far, _, reduced = self.push(figure, towards)
            width += far
            for i in moved_in(reduced):
                price, end = abs(reduced[i]), 1 if reduced[i] < 0 else 0
                given += price * float(self._slack[i, end])
                weights[i] = weights.get(i, 0.0) + price * float(self._widening[i, end])
        return width, weights, given


def moved_in(values: Sequence[float]) -> list[int]:
    """The places of those that are not nought."""
    import numpy

    found: list[int] = numpy.flatnonzero(abs(numpy.array(values)) > TOLERANCE).tolist()
    return found


def _moved(values: Sequence[float]) -> frozenset[int]:
    return frozenset(moved_in(values))


def exposed(web: Web, hidden: Collection[int]) -> dict[int, Movement]:
    """The sensitive figures that are left less than they need, and how far each can move."""
    attacker = Attacker(web)
    attacker.see([float(i in hidden) for i in range(len(web.values))])
    found = {figure: attacker.movement(figure) for figure in web.sensitive}
    return {figure: one for figure, one in found.items() if attacker.is_short(one)}


def intervals(
    low: Sequence[int], high: Sequence[int | None], rows: Sequence[Row], asked: Sequence[int], *, whole: bool = False
) -> dict[int, tuple[int, int | None]]:
    """The least and most whole value of each figure asked for, told bounds and sums only; None: no end.

    Raises `Unsolved` where no whole figures agree with what is shown: the table contradicts itself.
    """
    program = Program([float(x) for x in low], [INFINITE if x is None else float(x) for x in high], rows)
    if whole:
        program.whole()
    open_ended = endless(high, rows)
    found = {}
    for figure in asked:
        program.price_one(figure, 1.0)
        least, most = _up(program.run()), None
        if figure not in open_ended:
            program.price_one(figure, -1.0)
            most = -_up(program.run())
        program.price_one(figure, 0.0)
        found[figure] = (least, most)
    return found


def endless(high: Sequence[float | None], rows: Sequence[Row]) -> set[int]:
    """The figures that can grow for ever with every sum kept, if any figures keep the sums at all; None in `high`: no bound of its own.

    Asked apart, since HiGHS may call a question without an end "Unknown" or "infeasible or unbounded". Ways to grow can be walked
    together, so that one answer serves for all figures: each grows by a first part, of 1 at most, that is worth something, and by any more.
    """
    ways = [0.0 if x is not None else 1.0 for x in high]
    doubled = [
        (
            [*columns, *(len(ways) + i for i in columns)],
            [*weights, *weights],
            0.0 if least > -INFINITE else -INFINITE,
            0.0 if most < INFINITE else INFINITE,
        )
        for columns, weights, least, most in rows
    ]
    program = Program([0.0] * 2 * len(ways), [*ways, *(INFINITE if x else 0.0 for x in ways)], doubled, [-x for x in ways] + [0.0] * len(ways))  # fmt: skip
    program.run()
    return {i for i, part in enumerate(program.values[: len(ways)]) if part > 0.5}


#: In the place of no end.
ENDLESS = 1_000_000.0


def doubts(
    low: Sequence[float], high: Sequence[float | None], rows: Sequence[Row], asked: Sequence[int], need: float
) -> dict[int, float]:
    """Most less least whole value of each figure asked for, as `intervals`; no further than `need`, where more is of no interest.

    Every answer is a possible state of all figures, so that most questions are answered before they are asked.
    """
    ends = [min(ENDLESS, ENDLESS if x is None else float(x)) for x in high]
    program = Program([float(x) for x in low], ends, rows)
    least, most = dict.fromkeys(asked, INFINITE), dict.fromkeys(asked, -INFINITE)

    def look() -> None:
        program.run()
        values = program.values
        for figure in asked:
            least[figure], most[figure] = min(least[figure], values[figure]), max(most[figure], values[figure])

    def width(figure: int) -> float:
        # Nothing was seen yet: nothing is known.
        return -_up(-most[figure]) - _up(least[figure]) if most[figure] > -INFINITE else 0.0

    for price in (1.0, -1.0):
        for figure in asked:
            program.price_one(figure, price)
        look()
    for figure in asked:
        program.price_one(figure, 0.0)
    for figure in asked:
        for price in (1.0, -1.0):
            if width(figure) < need:
                program.price_one(figure, price)
                look()
                program.price_one(figure, 0.0)
    return {figure: width(figure) for figure in asked}


def _up(number: float) -> int:
    """The next whole number from here up, forgiving what floating point adds."""
    return -int(-(number - TOLERANCE) // 1)


__all__ = ["Attacker", "Movement", "Unsolved", "doubts", "endless", "exposed", "intervals", "moved_in", "rows_of"]
