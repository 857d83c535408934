"""What somebody knows who reads several publications at once, and how far that narrows each figure.

Figures have names; each publication (*source*) shows some of them, as an interval of what may stand behind what it shows; sums and
other linear conditions bind them, whoever publishes. A *reader* has some of the sources. Nothing here knows how anything was
protected: it is the attacker's side alone, so that it can judge whoever protects.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .attack import TOLERANCE, moved_in
from .solver import INFINITE, Program, Row, Unsolved

Name = Hashable
Interval = tuple[float, float]
#: Where nothing is known above. A number, and not infinite: then every question has an answer that can be looked at.
ENDLESS = 1_000_000.0
#: How long one question in whole numbers may take; without an answer that in fractions stands, which is never narrower.
SECONDS = 0.5
#: So many states are kept of figures with the same names; each is as long as there are figures.
MOST_WITNESSES = 1000


@dataclass(slots=True)
class Told:
    """Everything that is published: for each figure what each source shows of it, and what binds figures. People are `whole` numbers, FTE are not."""

    whole: bool = True
    seen: dict[Name, dict[Hashable, Interval]] = field(default_factory=dict)
    conditions: dict[tuple[tuple[Name, int], ...], None] = field(default_factory=dict)

    def figure(self, name: Name) -> None:
        """There is such a figure, shown or not."""
        self.seen.setdefault(name, {})

    def show(self, name: Name, source: Hashable, interval: Interval) -> None:
        """A source shows a figure; what it shows twice it shows as narrowly as both."""
        self.figure(name)
        least, most = self.seen[name].get(source, (0.0, ENDLESS))
        self.seen[name][source] = max(least, interval[0]), min(most, interval[1])

    def bind(self, condition: Mapping[Any, int]) -> None:
        """The figures, each so many times, are nought together."""
        for name in condition:
            self.figure(name)
        self.conditions[tuple(condition.items())] = None

    def add_up(self, total: Name, parts: Iterable[Name]) -> None:
        self.bind({total: -1} | dict.fromkeys(parts, 1))

    def known(self, name: Name, sources: Collection[Hashable]) -> Interval:
        """What these sources together show of a figure, sums aside."""
        told = [interval for source, interval in self.seen[name].items() if source in sources]
        return max((one[0] for one in told), default=0.0), min((one[1] for one in told), default=ENDLESS)


@dataclass(frozen=True, slots=True)
class Reach:
    """The least and most that a reader can believe of a figure."""

    least: float
    most: float

    @property
    def width(self) -> float:
        return self.most - self.least


@dataclass(slots=True)
class Witnesses:
    """Possible states of all figures that readers came upon, for those who ask later of figures with the same names.

    None of them is believed for that: whoever is given one looks at it under their own bounds and conditions, and leaves what does not hold.
    """

    states: dict[tuple[Name, ...], list[Any]] = field(default_factory=dict)

    def keep(self, names: tuple[Name, ...], state: Any) -> None:
        held = self.states.setdefault(names, [])
        if len(held) < MOST_WITNESSES:
            held.append(state)


class Reader:
    """Who has some of the sources, and asks what figures can be. One linear program for all questions, each begun where the last ended.

    Every answer is a possible state of all figures, and so a witness for what other figures can be: most questions are answered before they
    are asked. `witnesses` are those of others who asked of the same figures. Raises `Unsolved` where what is shown contradicts itself.
    """

    def __init__(self, told: Told, sources: Collection[Hashable], witnesses: Witnesses | None = None):
        import numpy

        self.told, self.sources = told, frozenset(sources)
        self.place = {name: number for number, name in enumerate(told.seen)}
        self._names = tuple(told.seen)
        self._bounds = [told.known(name, self.sources) for name in self._names]
        self._program = self._made()
        self._whole: Program | None = None
        self._holders: set[int] = set()
        self._least = numpy.full(len(self._names), INFINITE)
        self._most = numpy.full(len(self._names), -INFINITE)
        self._witnesses = witnesses
        for state in self._that_hold(witnesses.states.get(self._names, ())) if witnesses else ():
            self._notice(state)

    def _made(self) -> Program:
        rows: list[Row] = [
            ([self.place[name] for name, _ in one], [float(weight) for _, weight in one], 0.0, 0.0)
            for one in self.told.conditions
        ]
        return Program([one[0] for one in self._bounds], [one[1] for one in self._bounds], rows)

    def _that_hold(self, states: Sequence[Any]) -> Any:
        """Those of other readers' states that are possible for this one too: within its bounds, under its conditions."""
        import numpy

        if not states:
            return ()
        found = numpy.array(states)
        low, high = numpy.array(self._bounds).T
        holds = ((found >= low - TOLERANCE) & (found <= high + TOLERANCE)).all(axis=1)
        if self.told.whole:
            holds &= (abs(found - numpy.rint(found)) <= TOLERANCE).all(axis=1)
        for condition in self.told.conditions:
            places = [self.place[name] for name, _ in condition]
            weights = numpy.array([float(weight) for _, weight in condition])
            holds &= abs(found[:, places] @ weights) <= TOLERANCE * len(places)
        return found[holds]

    def ask_together(self, names: Iterable[Name]) -> None:
        """Look for witnesses for many figures at once: all of them as low, and as high, as they can be together."""
        places = [self.place[name] for name in names]
        for price in (1.0, -1.0):
            for place in places:
                self._program.price_one(place, price)
            self._program.run()
            self._witness(self._program)
        for place in places:
            self._program.price_one(place, 0.0)

    def is_free(self, name: Name, need: float) -> bool:
        """Whether at least `need` is left in doubt of a figure."""
        return self._is_seen_free(name, need) or self._reach(name, need, need).width >= need - TOLERANCE

    def _is_seen_free(self, name: Name, need: float) -> bool:
        place = self.place[name]
        return bool(self._most[place] - self._least[place] >= need - TOLERANCE)

    def reach(self, name: Name, need: float = 0.0) -> Reach:
        """How far a figure can go: in whole numbers, unless in fractions already it misses `need`."""
        return self._reach(name, need, INFINITE)

    def _reach(self, name: Name, need: float, enough: float) -> Reach:
        """The same; no further than to where `enough` is seen to be possible."""
        found, whole = [], []
        self._holders = set()
        for price in (1.0, -1.0):
            end, possible = self._push(self._program, name, price)
            if self._is_seen_free(name, enough):
                return self._seen(name)
            found.append(end)
            whole.append(possible)
            self._holders.update(moved_in(self._program.reduced_costs))
        if not self.told.whole:
            return Reach(*found)
        reach = Reach(_up(found[0]), -_up(-found[1]))
        return reach if reach.width < need else self._in_whole_numbers(name, reach, whole, enough)

    def _seen(self, name: Name) -> Reach:
        place = self.place[name]
        return Reach(float(self._least[place]), float(self._most[place]))

    def holders(self) -> set[Name]:
        """The figures whose bounds kept the one last asked for from going further, as far as fractions tell."""
        return {self._names[i] for i in self._holders}

    def _push(self, program: Program, name: Name, price: float) -> tuple[float, bool]:
        """The least (price 1) or most (-1) of a figure, and whether figures that are possible go so far."""
        place = self.place[name]
        program.price_one(place, price)
        try:
            return price * program.run(), self._witness(program)
        finally:
            program.price_one(place, 0.0)

    def _witness(self, program: Program) -> bool:
        """Take notice of the last answer as a possible state of all figures; whether it is one."""
        import numpy

        values = numpy.array(program.values)
        if self.told.whole and (abs(values - numpy.rint(values)) > TOLERANCE).any():
            return False
        if self._notice(values) and self._witnesses is not None:
            self._witnesses.keep(self._names, values)
        return True

    def _notice(self, state: Any) -> bool:
        """Whether a possible state says more of some figure than was known."""
        import numpy

        is_news = bool((state < self._least - TOLERANCE).any() or (state > self._most + TOLERANCE).any())
        self._least, self._most = numpy.minimum(self._least, state), numpy.maximum(self._most, state)
        return is_news

    def _in_whole_numbers(self, name: Name, reach: Reach, whole: Sequence[bool], enough: float) -> Reach:
        """Either end again where only fractions went so far."""
        ends = [reach.least, reach.most]
        for side, price in enumerate((1.0, -1.0)):
            if not whole[side]:
                self._whole = self._whole or self._made_whole()
                self._whole.limit(SECONDS)
                try:
                    ends[side] = self._push(self._whole, name, price)[0]
                except Unsolved:
                    continue
                if self._is_seen_free(name, enough):
                    return self._seen(name)
        return Reach(_up(ends[0]), -_up(-ends[1]))

    def _made_whole(self) -> Program:
        program = self._made()
        program.whole()
        return program

    def forget(self, name: Name, sources: Collection[Hashable]) -> None:
        """Ask from now on as if these sources did not show the figure. What was possible stays so."""
        place = self.place[name]
        self._bounds[place] = self.told.known(name, self.sources - frozenset(sources))
        for program in (self._program, self._whole):
            if program is not None:
                program.bound_one(place, *self._bounds[place])


def _up(number: float) -> float:
    return float(-(-(number - TOLERANCE) // 1))


__all__ = ["ENDLESS", "Interval", "Name", "Reach", "Reader", "Told", "Unsolved", "Witnesses"]
