"""An attacker of its own, for tests and bench: bounds and sums to HiGHS, and nothing of the engine's code."""

import highspy
import numpy

FAR = 10_000_000  # so far goes what has no end


def ends(low, high, sums, asked, *, whole=False):
    """The least and most of each figure asked for, rounded inwards to whole numbers. `sums`: (parts, total), figures by their number."""
    program = highspy._core._Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
        program.setOptionValue(option, value)
    for least, most in zip(low, high, strict=True):
        program.addVar(float(least), float(min(most, FAR)))
    for parts, total in sums:
        places, weights = [*parts, total], [*[1.0] * len(parts), -1.0]
        program.addRow(0.0, 0.0, len(places), numpy.array(places, dtype=numpy.int32), numpy.array(weights))
    if whole:
        kinds = numpy.array([highspy.HighsVarType.kInteger] * len(low))
        program.changeColsIntegrality(len(low), numpy.arange(len(low), dtype=numpy.int32), kinds)
    return {figure: (_end(program, figure, 1.0), _end(program, figure, -1.0)) for figure in asked}


def _end(program, figure, way):
    program.changeColCost(figure, way)
    program.run()
    assert program.getModelStatus() == highspy.HighsModelStatus.kOptimal
    found = way * program.getInfo().objective_function_value
    program.changeColCost(figure, 0.0)
    return int(numpy.ceil(found - 1e-6) if way > 0 else numpy.floor(found + 1e-6))


def behind(count, base, threshold):
    """What may stand behind a shown count, for who knows that it is nobody or as many as the threshold."""
    if base == 1:
        return count, count
    shown = (2 * count + base) // (2 * base) * base
    low, high = max(0, shown - base // 2), shown + (base - 1) // 2
    if shown:
        return max(low, threshold), high
    return 0, high if high >= max(1, threshold) else 0


def sums_of(grid, number):
    """The sums of a grid with totals last; `number` says which figure stands in a row and column."""
    height, width = len(grid), len(grid[0])
    across = [([number(r, c) for c in range(width - 1)], number(r, width - 1)) for r in range(height)]
    return across + [([number(r, c) for r in range(height - 1)], number(height - 1, c)) for c in range(width)]


def reaches(grid, hidden, *, base=1, threshold=0, floor=0):
    """The least and most of each hidden place of a grid with its totals. `floor`: what a hidden figure is known to be at least."""
    width = len(grid[0])
    bounds = [
        (floor, FAR) if (r, c) in hidden else behind(count, base, threshold)
        for r, row in enumerate(grid)
        for c, count in enumerate(row)
    ]
    sums = sums_of(grid, lambda r, c: r * width + c)
    asked = [r * width + c for r, c in sorted(hidden)]
    found = ends([low for low, _ in bounds], [high for _, high in bounds], sums, asked)
    return {divmod(figure, width): interval for figure, interval in found.items()}


def hidden_in(found):
    """The places that a protected table hides."""
    return {
        (r, c) for r, row in enumerate(found.cells) for c, cell in enumerate(row) if cell.kind.value == "suppressed"
    }


def known_exactly(found, *, floor=0):
    """The hidden places of a protected table of which one number alone can be believed."""
    policy = found.policy
    ends_of = reaches(
        found.table.with_margins(), hidden_in(found), base=policy.base, threshold=policy.threshold, floor=floor
    )
    return [place for place, (least, most) in ends_of.items() if least == most]
