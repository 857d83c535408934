"""A bench judges: what is over its limit fails."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).resolve().parents[1] / "bench"


@pytest.fixture(scope="module")
def pages() -> ModuleType:
    found = importlib.util.spec_from_file_location("workforce_pages", BENCH / "workforce_pages.py")
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("ratios", "over"),
    [
        ({}, False),
        ({1: 1.4}, False),
        ({1: 1.6}, True),
        ({1: 1.4, 2: 1.1}, False),
        ({1: 1.4, 2: 1.3}, True),
        ({1: 1.6, 2: 1.0}, True),
        ({1: 1.4, 2: 1.1, 10: 1.1}, False),
        ({1: 1.4, 2: 1.1, 10: 1.3}, True),
    ],
)
def test_pages_of_figures_may_grow_beside_neither_one_snapshot_nor_two_nor_ten(
    pages: ModuleType, ratios: dict[int, float], over: bool
) -> None:
    assert pages.is_over(ratios) is over
