"""The day of a moment is the day of the place: `.date()` of a moment in UTC is yesterday, in the first hour of a summer's day."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

#: How moments are called here, beside whatever ends with `_at`.
MOMENTS = {"at", "now", "before", "after"}


def problems(files: Mapping[str, str]) -> Iterator[str]:
    """Each day taken from a moment outside tests, by `.date()` or in words, turned to no place: what says that it is of UTC (a Z, `astimezone`) may stay."""
    for path, text in files.items():
        if not path.endswith(".py") or "/tests/" in path:
            continue
        for node in ast.walk(ast.parse(text)):
            if (of := _asked_for_its_day(node)) and _is_a_moment(of):
                yield f"{path}:{of.lineno}: the day of a moment in UTC: say timezone.localdate(…) or timezone.localtime(…)"


def _asked_for_its_day(node: ast.AST) -> ast.expr | None:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args:
        return node.func.value if node.func.attr == "date" else None
    if isinstance(node, ast.FormattedValue) and node.format_spec:
        told = ast.unparse(node.format_spec)
        return node.value if "%d" in told and "%SZ" not in told else None
    return None


def _is_a_moment(of: ast.expr) -> bool:
    if isinstance(of, ast.BinOp):
        return _is_a_moment(of.left)
    name = of.attr if isinstance(of, ast.Attribute) else getattr(of, "id", "")
    return name in MOMENTS or name.endswith("_at")
