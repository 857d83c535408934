"""Where this checkout or installation keeps what it writes. Pure Python: read before Django is there."""

from __future__ import annotations

import os
from pathlib import Path

SOURCE_ROOT = Path(__file__).resolve().parents[3]


def root() -> Path:
    """The checkout if this is one, else the directory that the command was typed in."""
    return SOURCE_ROOT if (SOURCE_ROOT / "pyproject.toml").exists() else Path.cwd()


def var() -> Path:
    """The directory for the database, uploads, keys and logs: `DESAGA_VAR`, else `var` in the root."""
    return Path(os.environ.get("DESAGA_VAR") or root() / "var").resolve()
