"""Owners, alignments, stages and dependencies as lines that a person can type, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import dates
from .states import Basis, OwnerRole

SUGGESTED = "(suggested)"
ROLE_WORDS = {OwnerRole.SUPPORT: "helps", OwnerRole.OVERSIGHT: "oversees"}


def one_line(text: str) -> str:
    return " ".join(text.split())


def owner_line(owner: Mapping[str, Any]) -> str:
    words = ROLE_WORDS.get(owner["role"])
    return f"{one_line(owner['text'])} ({words})" if words else one_line(owner["text"])


def owner_of(line: str) -> dict[str, Any]:
    for role, words in ROLE_WORDS.items():
        if line.endswith(f"({words})"):
            return {"text": line.removesuffix(f"({words})").strip(), "code": None, "kind": "text", "role": role.value}
    return {"text": line, "code": None, "kind": "text", "role": OwnerRole.LEAD.value}


def alignment_line(alignment: Mapping[str, Any]) -> str:
    code = one_line(alignment["code"])
    line = f"{one_line(alignment['framework'])}: {code}" if alignment["framework"] else code
    return f"{line} {SUGGESTED}" if alignment["basis"] == Basis.SUGGESTED else line


def alignment_of(line: str) -> dict[str, Any]:
    """What a line says; taking the word "(suggested)" away says that it holds."""
    basis = Basis.SUGGESTED if line.endswith(f" {SUGGESTED}") else Basis.CELL
    framework, _, code = line.removesuffix(SUGGESTED if basis == Basis.SUGGESTED else "").rpartition(": ")
    return {"framework": framework.strip() or None, "code": code.strip(), "text": code.strip(), "basis": basis.value}


def milestone_line(milestone: Mapping[str, Any]) -> str:
    parts = [one_line(milestone["label"]), dates.said(milestone["start"]), dates.said(milestone["end"])]
    return " | ".join(parts).rstrip(" |") or "|"


def milestone_of(line: str) -> dict[str, Any]:
    label, start, end = ([*line.split("|"), "", ""])[:3]
    return {"label": label.strip(), "start": dates.understood(start) or None, "end": dates.understood(end) or None}


def dependency_line(dependency: Mapping[str, Any]) -> str:
    return one_line(dependency["text"])
