"""Looking across organisations is always explained."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping


def problems(files: Mapping[str, str]) -> Iterator[str]:
    """Each call of `scopes_disabled()` outside tests without a comment on its line or the line above."""
    for path, text in files.items():
        if not path.endswith(".py") or "/tests/" in path or "scopes_disabled" not in text:
            continue
        lines = text.splitlines()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and _name(node.func) == "scopes_disabled":
                near = lines[node.lineno - 1] + lines[max(node.lineno - 2, 0)]
                if "#" not in near:
                    yield f"{path}:{node.lineno}: scopes_disabled() without a reason: say why in a comment"


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
