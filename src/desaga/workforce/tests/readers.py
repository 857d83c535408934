"""An attacker of all tables of a release, who reads shares, averages and FTE too, and shares no code with what decides what is hidden.

Told of a released table: which counts a share is of, as its definition says it; that parts and rests are whole and not negative; the rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from desaga.disclosure.attack import intervals
from desaga.workforce.figuring import RawTable
from desaga.workforce.releasing.crowds import said_of
from desaga.workforce.releasing.tables import CellKind, Shown

PEOPLE, THEN = "workforce.headcount", "then"
OF_PEOPLE = {PEOPLE, "workforce.retirement", "workforce.sex", "workforce.ethnicity", "workforce.disability"}
Name = tuple[Any, ...]
SEEN = (CellKind.VALUE, CellKind.ZERO)


class Reader:
    """Collects what is known as bounds and sums of named numbers, and asks how far each may be."""

    def __init__(self, threshold: int, base: int = 5):
        self.threshold, self.base = threshold, base
        self.names: dict[Name, int] = {}
        self.low: list[float] = []
        self.high: list[float | None] = []
        self.rows: list[Any] = []
        self.true: dict[Name, int] = {}

    def number(self, *name: Any) -> int:
        if name not in self.names:
            self.names[name] = len(self.low)
            self.low.append(0)
            self.high.append(None)
        return self.names[name]

    def row(self, weights: dict[int, float], least: float = 0.0, most: float = 0.0) -> None:
        self.rows.append((list(weights), list(weights.values()), least, most))

    def adds_up(self, total: int, parts: Iterable[int]) -> None:
        self.row({total: -1.0, **dict.fromkeys(parts, 1.0)})

    def within(self, small: int, large: int) -> None:
        if small != large:
            self.row({small: 1.0, large: -1.0}, -float("inf"), 0.0)

    def is_about(self, number: int, rounded: int) -> None:
        """A rounded count: where there is a threshold it is of nobody, or of so many at least."""
        least, most = (
            max(rounded - 2, self.threshold if rounded else 0),
            rounded + 2 if rounded or not self.threshold else 0,
        )
        self.low[number] = max(self.low[number], least)
        high = self.high[number]
        self.high[number] = most if high is None else min(high, most)

    def narrow(self, need: int) -> dict[Name, Any]:
        """The counts under `need`'s threshold or base of which less than `need` is left in doubt."""
        limit = self.threshold or self.base
        small = {name: self.number(*name) for name, count in self.true.items() if 0 < count < limit}
        found = intervals(self.low, self.high, self.rows, list(small.values()))  # type: ignore[arg-type]
        told = {name: found[place] for name, place in small.items()}
        return {name: (least, most) for name, (least, most) in told.items() if most is not None and most - least < need}

    # ---- Reading

    def read(self, raw: Sequence[RawTable], shown: dict[Any, Shown]) -> None:
        for table in raw:
            seen = shown.get((table.figure, table.cut))
            if seen is None or table.why:
                continue
            if seen.counted_as == "people":
                self.counts(table, seen)
            elif seen.counted_as == "share":
                self.shares(table, seen)
            else:
                self.amounts(table, seen)

    def sums(self, table: RawTable, name: Any) -> None:
        """What the rows and columns of a table add up to, under the names that `name` gives."""
        rows, columns = [one.key for one in table.rows if one.key], [one.key for one in table.columns if one.key]
        for column in (*columns, ""):
            if rows:
                self.adds_up(name("", column), [name(row, column) for row in rows])
        for row in (*rows, ""):
            if columns:
                self.adds_up(name(row, ""), [name(row, column) for column in columns])

    def counts(self, table: RawTable, seen: Shown) -> None:
        of = PEOPLE if table.figure in OF_PEOPLE else table.figure

        def name(row: str, column: str) -> int:
            return self.number(of, said_of(table, row, column))

        self.sums(table, name)
        for place, cell in table.cells.items():
            self.true[of, said_of(table, *place)] = cell.people
            told = seen.cells.get(place)
            if told is not None and told.kind in SEEN:
                self.is_about(name(*place), int(told.value or 0))

    def shares(self, table: RawTable, seen: Shown) -> None:
        figure = table.figure
        is_rate = figure in ("workforce.turnover", "workforce.resignations")
        for place, cell in table.cells.items():
            if cell.of is None:
                continue
            said = said_of(table, *place)
            whole = THEN if is_rate else "whole"
            part, rest = self.number(figure, said, "part"), self.number(figure, said, "rest")
            count = int(2 * cell.of) - self.true.get((PEOPLE, said), 0) if is_rate else int(cell.of)
            among = (
                self.number(THEN, said) if is_rate or figure.endswith("stability") else self.number(figure, said, whole)
            )
            self.true[(THEN, said) if is_rate or figure.endswith("stability") else (figure, said, whole)] = count
            self.true[figure, said, "part"] = cell.people
            if not is_rate:
                self.adds_up(among, (part, rest))
                self.true[figure, said, "rest"] = count - cell.people
            for one, equal in self.same(figure, said, part, rest):
                self.adds_up(one, equal)
            self.bound_elsewhere(figure, said, part, rest, among)
            told = seen.cells.get(place)
            if told is not None and told.kind in SEEN:
                self.is_about(part, (cell.people + 2) // 5 * 5)
                self.is_about(among, (count + 2) // 5 * 5)
        self.cut(table, is_rate)

    def cut(self, table: RawTable, is_rate: bool) -> None:
        """Parts, rests and wholes add up over units, sexes and staff."""
        if "field" in table.cut or any(not cell.is_collected for cell in table.cells.values()):
            return
        kinds = ("part",) if is_rate else ("part", "rest")
        for kind in kinds:
            self.sums(
                table, lambda row, column, kind=kind: self.number(table.figure, said_of(table, row, column), kind)
            )
        if is_rate:
            self.sums(table, lambda row, column: self.number(THEN, said_of(table, row, column)))

    def same(self, figure: str, said: frozenset[Any], part: int, rest: int) -> Iterator[tuple[int, list[int]]]:
        def people(*groups: tuple[str, str]) -> list[int]:
            return [self.number(PEOPLE, said | {group}) for group in groups]

        match figure.removeprefix("workforce."):
            case "women":
                yield part, people(("sex", "female"))
                yield rest, people(("sex", "male"), ("sex", "other"))
            case "disabled":
                yield part, people(("disability", "disabled"))
                yield rest, people(("disability", "none"))
            case "ethnic_minorities":
                yield part, people(*(("ethnicity", key) for key in ("asian", "black", "mixed", "other")))
            case "turnover":
                yield part, [self.number("workforce.leavers", said)]
            case "resignations":
                yield part, [self.number("workforce.leavers", said | {("reason", "resigned")})]
            case "promotion_rate" if not said:
                yield part, [self.number("workforce.promotions", said)]
            case "filled":
                yield self.number(PEOPLE, frozenset()), [part, rest]

    def bound_elsewhere(self, figure: str, said: frozenset[Any], part: int, rest: int, among: int) -> None:
        match figure.removeprefix("workforce."):
            case "teaching" | "research" | "promotion_rate" | "aged_50":
                self.within(among, self.number(PEOPLE, said))
            case "stability":
                self.within(rest, self.number("workforce.leavers", said))
            case "valid":
                self.within(among, self.number("workforce.filled", said, "part"))
        if figure.endswith("aged_50") and not said:
            old = [self.number(PEOPLE, frozenset({("age", key)})) for key in ("56-65", "66-up")]
            self.row({part: 1.0, **dict.fromkeys(old, -1.0)}, 0.0, float("inf"))
            straddling = self.number(PEOPLE, frozenset({("age", "46-55")}))
            self.row({part: 1.0, straddling: -1.0, **dict.fromkeys(old, -1.0)}, -float("inf"), 0.0)
            self.horizons(part)

    def horizons(self, part: int) -> None:
        """Who is 50 or older reaches 60 within ten years or has; who reaches 65 or 67 within ten is older than 50 for certain."""
        for at in (60, 65, 67):
            near = [
                self.number(PEOPLE, frozenset({(f"until_{at}", key)})) for key in ("reached", "within-5", "within-10")
            ]
            later = self.number(PEOPLE, frozenset({(f"until_{at}", "later")}))
            self.row({part: 1.0, **dict.fromkeys(near, -1.0)}, 0.0, 0.0 if at == 60 else float("inf"))
            self.row({part: 1.0, later: -1.0, **dict.fromkeys(near, -1.0)}, -float("inf"), 0.0)

    def amounts(self, table: RawTable, seen: Shown) -> None:
        """FTE, FPE and the years of averages, beside the people they are of."""

        def name(row: str, column: str) -> int:
            return self.number(table.figure, said_of(table, row, column), "amount")

        self.sums(table, name)
        for place, cell in table.cells.items():
            said, told, amount = said_of(table, *place), seen.cells.get(place), name(*place)
            people = self.number("workforce.vacancies" if table.figure.endswith("applicants") else PEOPLE, said)
            count = self.true.get((PEOPLE, said))
            if seen.counted_as == "fte" and cell.value is not None and count is not None and cell.value <= count:
                self.within(amount, people)
            if seen.counted_as == "fte":
                self.true[table.figure, said, "amount"] = cell.people  # small where few people are behind it
            if told is None or told.kind not in SEEN:
                continue
            value = float(told.value or 0)
            if seen.counted_as == "fte":
                self.row({amount: 1.0}, max(0.0, value - 2.5), value + 2.5)
            elif cell.people == count:
                self.row({amount: 1.0, people: -(value - 0.05)}, 0.0, float("inf"))
                self.row({amount: 1.0, people: -(value + 0.05)}, -float("inf"), 0.0)
