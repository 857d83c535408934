"""Markdown files."""

from __future__ import annotations

from pathlib import Path

import pytest

from desaga.documents.markdown import strip_inline
from desaga.documents.tests.files import cells_of, grids_of, lines_of, read_bytes


@pytest.mark.parametrize(
    ("raw", "text", "bold"),
    [
        ("**Bold**", "Bold", True),
        ("__Lead:__", "Lead:", True),
        ("**Lead:** PSO", "Lead: PSO", False),
        ("**a** and **b**", "a and b", False),
        ("*slanted* and _slanted_", "slanted and slanted", False),
        ("snake_case_name", "snake_case_name", False),
        ("2 * 3 * 4", "2 * 3 * 4", False),
        (r"\*not\*", "*not*", False),
        ("[page](https://example.org/a_(b))", "page", False),
        ("![logo](a.png)", "logo", False),
        ("<https://example.org>", "https://example.org", False),
        ("`a*b*c`", "a*b*c", False),
        ("R&amp;D<br>next", "R&D\nnext", False),
        ("~~old~~ new", "old new", False),
    ],
)
def test_inline_markup_is_taken_off(raw: str, text: str, bold: bool) -> None:
    assert strip_inline(raw) == (text, bold)


def test_blocks_of_a_page(tmp_path: Path) -> None:
    source = (
        "# Plan\n\nFirst line\nsecond line\nhard  \nbreak\n\nVisibility\n----------\n\n- one\n  more\n  - inner\n\n"
        "1. first\n2. second\n\n> quoted\n> twice\n\n```\ncode  line\n```\n\n***\n\n**Recognition**\n<!-- hidden\nnote -->\n"
    )
    found = lines_of(read_bytes(tmp_path, "a.md", source))

    assert [(block.kind, block.level, block.marker, block.text, block.bold) for block in found] == [
        ("heading", 1, None, "Plan", False),
        ("paragraph", 0, None, "First line second line hard\nbreak", False),
        ("heading", 2, None, "Visibility", False),
        ("item", 1, "-", "one more", False),
        ("item", 2, "-", "inner", False),
        ("item", 1, "1.", "first", False),
        ("item", 1, "2.", "second", False),
        ("paragraph", 0, None, "quoted twice", False),
        ("paragraph", 0, None, "code  line", False),
        ("paragraph", 0, None, "Recognition", True),
    ]


def test_cells_lose_their_markup(tmp_path: Path) -> None:
    document = read_bytes(
        tmp_path, "a.md", "| Action | Owner |\n| --- | --- |\n| **Do** it | TSM<br/>HR |\n| **Theme** | |\n"
    )
    grid = grids_of(document)[0]

    assert cells_of(grid) == [["Action", "Owner"], ["Do it", "TSM\nHR"], ["Theme", ""]]
    assert grid.rows[2].cells[0].bold
    assert document.format == "md"
