"""HiGHS behind a small door: a linear program whose objective and bounds change while its basis is kept.

https://ergo-code.github.io/HiGHS/ . It is imported when first needed, for every command pays for start-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Row = tuple[Sequence[int], Sequence[float], float, float]  # columns, weights, least, most
INFINITE = float("inf")


class Unsolved(RuntimeError):
    """HiGHS found no answer: no solution, no bound, or no time left."""


class Program:
    """Minimise a linear objective; single-threaded and seeded, so that the same question has the same answer."""

    def __init__(self, lower: Sequence[float], upper: Sequence[float], rows: Iterable[Row], cost: Sequence[float] = ()):
        import highspy
        import numpy

        self._numpy, self._highspy = numpy, highspy
        # Not `highspy.Highs`: its callbacks, unused here, print a banner on standard output, where our JSON stands alone.
        self._highs: Any = highspy._core._Highs()
        for option, value in (("log_to_console", False), ("output_flag", False), ("threads", 1), ("random_seed", 1)):
            self._highs.setOptionValue(option, value)
        self.size = len(lower)
        self._columns = numpy.arange(self.size, dtype=numpy.int32)
        nothing = numpy.array([], dtype=numpy.int32)
        self._highs.addCols(
            self.size,
            numpy.array(cost if len(cost) else [0.0] * self.size, dtype=float),
            numpy.array(lower, dtype=float),
            numpy.array(upper, dtype=float),
            0,
            nothing,
            nothing,
            numpy.array([], dtype=float),
        )
        for row in rows:
            self.add(row)

    def add(self, row: Row) -> None:
        """One more condition."""
        columns, weights, least, most = row
        numpy = self._numpy
        self._highs.addRow(
            least, most, len(columns), numpy.array(columns, dtype=numpy.int32), numpy.array(weights, dtype=float)
        )

    def bound(self, lower: Sequence[float], upper: Sequence[float]) -> None:
        """New bounds for all columns."""
        array = self._numpy.array
        self._highs.changeColsBounds(self.size, self._columns, array(lower, dtype=float), array(upper, dtype=float))

    def bound_one(self, column: int, lower: float, upper: float) -> None:
        """New bounds for one column."""
        self._highs.changeColBounds(column, lower, upper)

    def price(self, cost: Sequence[float]) -> None:
        """A new objective."""
        self._highs.changeColsCost(self.size, self._columns, self._numpy.array(cost, dtype=float))

    def price_one(self, column: int, cost: float) -> None:
        """The price of one column."""
        self._highs.changeColCost(column, cost)

    def whole(self) -> None:
        """From now on all columns are whole numbers."""
        kind = self._highspy.HighsVarType.kInteger
        self._highs.changeColsIntegrality(self.size, self._columns, self._numpy.array([kind] * self.size))

    def limit(self, seconds: float) -> None:
        """At most so long for each question from now on."""
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + max(0.05, seconds))  # its clock runs on

    def start_from(self, values: Sequence[float]) -> None:
        """A solution to begin with."""
        solution = self._highspy.HighsSolution()
        solution.col_value = list(values)
        self._highs.setSolution(solution)

    def run(self) -> float:
        """The least value; refuses to guess where there is none."""
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == self._highspy.HighsModelStatus.kUnbounded:
            return -INFINITE
        if status != self._highspy.HighsModelStatus.kOptimal:
            raise Unsolved(self._highs.modelStatusToString(status))
        return float(self._highs.getInfo().objective_function_value)

    def lower_bound(self) -> float:
        """What no whole solution can go below, also where time ran out."""
        return float(self._highs.getInfo().mip_dual_bound)

    @property
    def values(self) -> Sequence[float]:
        """Of the columns, in the last answer."""
        return list(self._highs.getSolution().col_value)

    @property
    def reduced_costs(self) -> Sequence[float]:
        """Of the columns, in the last answer."""
        return list(self._highs.getSolution().col_dual)
