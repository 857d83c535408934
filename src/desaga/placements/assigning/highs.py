"""HiGHS behind a small door: one linear programme, asked again with other costs and bounds while its basis is kept.

https://ergo-code.github.io/HiGHS/ . `desaga.disclosure.solver` opens another door to it, row by row; here everything is an array, for there
may be a million columns, and the prices of the rows are wanted, from which a bound is proven.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy
from highspy import _core as highspy  # Not `highspy.Highs`: its callbacks, unused here, print a banner.

Array = Any  # numpy.ndarray: its types say less than the docstrings


class Unsolved(RuntimeError):
    """No answer in the time there was; `prices` are those of the rows so far, or None."""

    def __init__(self, said: str, prices: Array | None = None):
        super().__init__(said)
        self.prices = prices


@dataclass(frozen=True)
class Entries:
    """The conditions: entry i stands in `rows[i]` and `columns[i]` and weighs `weights[i]`; each row is between `least` and `most`."""

    rows: Array
    columns: Array
    weights: Array
    least: Array
    most: Array


class Linear:
    """Minimise; one thread and one seed, so that the same question has the same answer."""

    def __init__(self, size: int, entries: Entries):
        self.size, self.rows = size, len(entries.least)
        self._columns = numpy.arange(size, dtype=numpy.int32)
        self._highs: Any = highspy._Highs()
        options: dict[str, float] = {"output_flag": False, "log_to_console": False, "threads": 1, "random_seed": 1}
        # As near as it goes: the prices are to prove the optimum to the ninth figure.
        options |= {"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-10}
        for option, value in options.items():
            self._highs.setOptionValue(option, value)
        self._highs.passModel(self._model(entries))

    def _model(self, entries: Entries) -> Any:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.size, self.rows
        model.col_cost_ = model.col_lower_ = numpy.zeros(self.size)
        model.col_upper_ = numpy.ones(self.size)
        model.row_lower_, model.row_upper_ = entries.least, entries.most
        order = numpy.lexsort((entries.rows, entries.columns))
        counts = numpy.bincount(entries.columns, minlength=self.size)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = numpy.concatenate(([0], numpy.cumsum(counts))).astype(numpy.int32)
        model.a_matrix_.index_ = entries.rows[order].astype(numpy.int32)
        model.a_matrix_.value_ = entries.weights[order].astype(float)
        return model

    def least(self, cost: Array, lower: Array, upper: Array, until: float) -> tuple[Array, Array]:
        """The values of the columns and the prices of the rows, at the least cost; refuses to guess where time ran out."""
        left = until - time.monotonic()
        if left <= 0:
            raise Unsolved("no time")
        highs = self._highs
        highs.changeColsCost(self.size, self._columns, cost)
        highs.changeColsBounds(self.size, self._columns, lower, upper)
        highs.setOptionValue("time_limit", highs.getRunTime() + left)  # its clock runs on
        highs.run()
        solution = highs.getSolution()
        prices = numpy.array(solution.row_dual) if len(solution.row_dual) == self.rows else None
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal or prices is None:
            raise Unsolved(highs.modelStatusToString(highs.getModelStatus()), prices)
        return numpy.array(solution.col_value), prices
