"""Tables typed into paragraphs: tabs or bars that line up over consecutive paragraphs of a Word document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .build import grid_from_texts
from .lines import Line
from .model import Block, Grid, Text
from .pipes import find_pipe_table
from .tabbed import find_tabbed_run

ROWS_NEEDED = 2


def reflow(blocks: Sequence[Block], tables: int) -> list[Block]:
    """The blocks, paragraphs that are rows of a typed table gathered into grids, which are counted on from `tables`."""
    flowed: list[Block] = []
    index = 0
    while index < len(blocks):
        run = _run(blocks, index)
        grid, used = _grid(run, tables + 1) if run else (None, 0)
        if grid:
            flowed.append(grid)
            tables += 1
            index += used
        else:
            block = blocks[index]
            flowed.append(replace(block, text=block.text.strip()) if isinstance(block, Text) else block)
            index += 1
    return flowed


def _run(blocks: Sequence[Block], start: int) -> list[Line]:
    """Consecutive paragraphs with tabs or bars, as lines; an empty paragraph between ends them."""
    run: list[Line] = []
    for block in blocks[start:]:
        if not isinstance(block, Text) or block.kind != "paragraph" or block.running or "\n" in block.text:
            break
        if ("\t" not in block.text and "|" not in block.text) or (run and block.blank_before > 1):
            break
        run.append(Line(len(run) + 1, block.source.page, block.text))
    return run if len(run) >= ROWS_NEEDED else []


def _grid(run: list[Line], number: int) -> tuple[Grid | None, int]:
    page = run[0].page
    same_page = [replace(line, page=None) for line in run]
    tabbed = find_tabbed_run(same_page, 0)
    if tabbed and len(tabbed.rows) >= ROWS_NEEDED:
        return grid_from_texts(tabbed.rows, page=page, table=number, ruled=False), tabbed.end
    piped = find_pipe_table(same_page, 0)
    if piped:
        headers = frozenset({0}) if piped.header else frozenset[int]()
        return grid_from_texts(piped.rows, page=page, table=number, headers=headers, ruled=False), piped.end
    return None, 0
