"""A bench judges: what is over its limit fails."""

from __future__ import annotations

import importlib.util
import sys
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
    # Its dataclasses look themselves up there.
    sys.modules[found.name] = module
    found.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("ratios", "over"), [([], False), ([0.9, 1.1, 1.2], False), ([1.0, 1.3, 0.9], True)])
def test_pages_of_figures_may_not_grow_with_snapshots(pages: ModuleType, ratios: list[float], over: bool) -> None:
    assert pages.is_over(ratios) is over


def test_fewer_and_more_snapshots_are_each_set_beside_each_other(pages: ModuleType) -> None:
    assert pages.pairs([1, 10, 50]) == [(1, 50), (10, 50), (1, 10)]
