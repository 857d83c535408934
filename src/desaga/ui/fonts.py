"""The letters that pages are set in, for files that are to look the same."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

NAMES = ("atkinson-latin.woff2", "atkinson-latin-ext.woff2")


@cache
def font_files() -> tuple[Path, ...]:
    """The upright letters, those of English first; none where the assets have not been built."""
    return tuple(Path(path) for name in NAMES if (path := finders.find(f"ui/build/fonts/{name}")))
