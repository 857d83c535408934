"""How much of a file is read, and what reading may cost."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading. The first group is kept by the readers, the second by `sandbox.run_limited`.

    `file_bytes` is checked before anything is read. `inflated_bytes`, `members` and `ratio` are checked against the
    directory of a zip file before a member is inflated, and again while it is. Past `pages`, `rows` (of one grid),
    `cells` (text blocks count as cells) or `characters` (of the whole document) reading stops with a notice `cut_off`.
    """

    file_bytes: int = 50 * MEGABYTE
    inflated_bytes: int = 400 * MEGABYTE
    members: int = 5_000
    ratio: int = 250
    pages: int = 200
    rows: int = 10_000
    cells: int = 200_000
    characters: int = 2_000_000

    memory_bytes: int = 1_024 * MEGABYTE
    cpu_seconds: int = 45
    wall_seconds: float = 60.0
    written_bytes: int = 64 * MEGABYTE
    result_bytes: int = 64 * MEGABYTE


DEFAULT_LIMITS = Limits()
