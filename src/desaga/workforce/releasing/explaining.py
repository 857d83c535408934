"""Which cells of an earlier release of a day may have the same people as now: all that need not be others.

The earlier release is read as it was shown: its exact figures are gone. A reader has nothing else either, and will take a cell for unchanged
unless the two releases cannot both be right. So the smallest change is sought that lets them: an earlier cell is what it is now unless the sums and
roundings of then forbid it.
"""

from __future__ import annotations

from collections.abc import Mapping

from desaga.disclosure.knowledge import Told
from desaga.disclosure.solver import INFINITE, Program, Row, Unsolved

from .knowing import At


def explained(told: Told, now: Mapping[At, float]) -> dict[At, float] | None:
    """Each figure of an earlier release as it may have been: as it is now, with as little changed as what was shown allows.

    None where what was shown contradicts itself.
    """
    names = list(told.seen)
    place = {name: number for number, name in enumerate(names)}
    asked = [name for name in names if isinstance(name, At) and name in now]
    sources = {source for seen in told.seen.values() for source in seen}
    bounds = [told.known(name, sources) for name in names]
    size, more = len(names), len(asked)
    rows: list[Row] = [
        ([place[name] for name, _ in one], [float(weight) for _, weight in one], 0.0, 0.0) for one in told.conditions
    ]
    # Each is what it is now, with something added or something taken away; both cost.
    rows += [
        ([place[name], size + k, size + more + k], [1.0, -1.0, 1.0], now[name], now[name])
        for k, name in enumerate(asked)
    ]
    program = Program(
        [*(low for low, _ in bounds), *[0.0] * 2 * more],
        [*(high for _, high in bounds), *[INFINITE] * 2 * more],
        rows,
        [*[0.0] * size, *[1.0] * 2 * more],
    )
    try:
        program.run()
    except Unsolved:
        return None
    values = program.values
    return {name: values[number] for name, number in place.items() if isinstance(name, At)}
