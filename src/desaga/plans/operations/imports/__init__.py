"""Bringing a plan in: hand a document in, read it, look through what was understood, commit or discard."""

from .committing import (
    MOST_COMMITTED,
    NothingToCommit,
    TooManyToCommit,
    commit_import,
)
from .handing import (
    LARGEST_DOCUMENT,
    MEGABYTE,
    DocumentIsEmpty,
    DocumentTooLarge,
    HandedIn,
    discard_import,
    hand_in,
    hand_in_again,
    restore_import,
)
from .reading import (
    StillBeingRead,
    begin_reading,
    finish_reading,
    read_again,
    read_now,
    refuse_document,
)
from .rows import (
    drop_row,
    edit_row,
    keep_row,
    restore_row,
    retheme_row,
)

__all__ = [
    "LARGEST_DOCUMENT",
    "MEGABYTE",
    "MOST_COMMITTED",
    "DocumentIsEmpty",
    "DocumentTooLarge",
    "HandedIn",
    "NothingToCommit",
    "StillBeingRead",
    "TooManyToCommit",
    "begin_reading",
    "commit_import",
    "discard_import",
    "drop_row",
    "edit_row",
    "finish_reading",
    "hand_in",
    "hand_in_again",
    "keep_row",
    "read_again",
    "read_now",
    "refuse_document",
    "restore_import",
    "restore_row",
    "retheme_row",
]
