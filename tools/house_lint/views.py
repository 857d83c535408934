"""Views and tasks load, check, make one call and respond: the database is reached through queries and operations."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

ROOM = re.compile(r"^src/desaga/[a-z_/]+/(views|tasks)(\.py|/[a-z_]+\.py)$")
MANAGERS = {"objects", "all_objects", "_default_manager"}
READS = {"select_related", "prefetch_related", "annotate", "values_list", "in_bulk", "select_for_update"}
WRITES = {"save", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


def problems(files: Mapping[str, str]) -> Iterator[str]:
    """Each place in a view or a task that reaches for the database itself."""
    for path, text in files.items():
        if not ROOM.match(path):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
                yield f"{path}:{node.lineno}: .{node.attr} in a view: ask queries.py for what you need"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                yield from _call(path, node.lineno, node.func.attr)


def _call(path: str, line: int, name: str) -> Iterator[str]:
    if name in READS:
        yield f"{path}:{line}: .{name}() in a view: shape the answer in queries.py"
    if name in WRITES:
        yield f"{path}:{line}: .{name}() in a view: write through operations.py"
