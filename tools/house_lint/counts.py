"""A count of people is written down in one place, `desaga.disclosure`, which knows what may be shown.

In `workforce`, where lists are of people, how long one is waits for `exact` or for the same reason.
Watched are the slices that handle protected figures: `workforce`, `indicators`, and any that imports that or `desaga.disclosure`. There, rounding
and the formatting of numbers wait for a reason, "not a count of people" and what it is instead, on the line or above it.
Of a slice in `BY_MODULE` only the modules that import it are watched.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

ALWAYS = {"workforce", "indicators"}
#: Those who run a scheme open its applications one by one, and its money is no count; what goes out in numbers comes from few modules.
#: A site leads to the page of figures and shows none.
BY_MODULE = {"placements", "website"}
REASON = "not a count of people"
IMPORTS = re.compile(r"^\s*(?:from|import) desaga\.(?:disclosure|workforce)\b", re.MULTILINE)
FILTERS = re.compile(r"\|\s*(?:intcomma|floatformat|intword|apnumber|stringformat)\b")
NUMERIC = re.compile(r"^[^{}]*?(?:,|\.\d+)?[,_dfgn%]$")
#: `"{:,}".format(n)` and `"%d" % n` are the same by other means.
IN_BRACES = re.compile(r"\{[^{}]*:[^{}]*?(?:,|\.\d+)?[,_dfgn%]\}")
BY_PERCENT = re.compile(r"(?<!%)(?:%%)*%(?:\(\w+\))?[-+ #0]*\d*(?:\.\d+)?[dfgiu]")
ROUNDING = {"round", "intcomma", "floatformat", "quantize", "round_half_up"}


#: Here lists are of people: what counts one is written by `exact`.
OF_PEOPLE = {"workforce"}
COUNTED = re.compile(r"\{\{(?![^}]*\|\s*exact\b)[^}]*(?:\bcount\b|\|\s*length\b)[^}]*\}\}")


def problems(files: Mapping[str, str]) -> Iterator[str]:
    """Each line of a watched slice that rounds or formats a number by itself."""
    imports = {path for path, text in files.items() if path.endswith(".py") and IMPORTS.search(text)}
    watched = ALWAYS | {_slice(path) for path in imports if "/tests/" not in path}
    for path, text in files.items():
        if _slice(path) not in watched - {"", "disclosure"} or "/tests/" in path:
            continue
        if _slice(path) in BY_MODULE and not IMPORTS.search(text):
            continue
        lines = text.splitlines()
        for number in sorted(set(_lines(path, text))):
            if REASON not in lines[number - 1] + lines[max(number - 2, 0)]:
                yield f"{path}:{number}: formats a number by itself: use desaga.disclosure, or say “{REASON}: …” in a comment"


def _slice(path: str) -> str:
    parts = path.split("/")
    return parts[2] if parts[:2] == ["src", "desaga"] and len(parts) > 3 else ""


def _lines(path: str, text: str) -> Iterator[int]:
    if path.endswith((".html", ".txt")):
        found = [FILTERS, COUNTED] if _slice(path) in OF_PEOPLE else [FILTERS]
        lines = enumerate(text.splitlines(), 1)
        yield from (number for number, line in lines if any(one.search(line) for one in found))
    elif path.endswith(".py"):
        for node in ast.walk(ast.parse(text)):
            if _formats(node) or (_slice(path) in OF_PEOPLE and _writes_length(node)):
                yield node.lineno  # type: ignore[attr-defined]


def _writes_length(node: ast.AST) -> bool:
    """Whether a node writes how long a list is: `f"{len(made)}"`, `str(len(made))`."""
    if isinstance(node, ast.FormattedValue):
        return _is_call(node.value, "len")
    return isinstance(node, ast.Call) and _is_call(node, "str") and any(_is_call(one, "len") for one in node.args)


def _is_call(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def _formats(node: ast.AST) -> bool:
    """Whether a node rounds, or writes a number with separators or places."""
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            return _is_text(node.func.value, IN_BRACES)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name in ROUNDING or (name == "format" and isinstance(node.func, ast.Name))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        return _is_text(node.left, BY_PERCENT)
    if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
        return any(
            isinstance(part, ast.Constant) and bool(NUMERIC.match(str(part.value))) for part in node.format_spec.values
        )
    return False


def _is_text(node: ast.AST, pattern: re.Pattern[str]) -> bool:
    """Whether a node is a text in which the pattern occurs."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(pattern.search(node.value))
