"""Tables that have come apart into lines: one cell a line, one row a line, cells parted by bars or wide spaces.

Copying a table out of a page loses its rules, and often its empty cells with them. The headings, standing in the
lines too, say which columns there were; each line or piece is then given to the column that its words fit.
"""

from __future__ import annotations

from collections.abc import Sequence

from desaga.documents.model import Text

from .fits import Ways
from .glued import glued_tables
from .parted import Rebuilt, parted_tables
from .records import tables_of_cells

__all__ = ["Ways", "tables_of_lines"]


def tables_of_lines(texts: Sequence[Text], ways: Ways) -> Rebuilt:
    """Tables rebuilt from lines, each with the lines it was made of. Empty where there is no heading to go by."""
    standing = [text for text in texts if not text.running]
    for rebuild in (parted_tables, tables_of_cells, glued_tables):
        found = rebuild(standing, ways)
        if found:
            return found
    return []
