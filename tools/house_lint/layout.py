"""No junk drawers, and every slice says what it is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

JUNK = {"common", "core", "utils", "util", "helpers", "helper", "misc", "shared"}


def problems(files: Mapping[str, str]) -> Iterator[str]:
    """Modules with a name that holds anything, and slices without a README."""
    slices = set()
    for path in files:
        parts = PurePosixPath(path)
        if parts.parts[:2] != ("src", "desaga") or parts.suffix != ".py":
            continue
        for name in {*parts.parts[2:-1], parts.stem} & JUNK:
            yield f"{path}:1: “{name}” holds anything: give what is in it a home with a name"
        if len(parts.parts) > 3:
            slices.add(parts.parts[2])
    for name in sorted(slices):
        if f"src/desaga/{name}/README.md" not in files:
            yield f"src/desaga/{name}/README.md:1: missing: one page with purpose, nouns, addresses, permissions"
