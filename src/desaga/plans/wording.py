"""The words in which pages name what a column can be, and what remembered choices say."""

from __future__ import annotations

from typing import Any

from .states import ChoiceKind, Status

COLUMN_WORDS = {
    "code": "Number or code",
    "theme": "Theme",
    "action": "What will be done",
    "how": "How",
    "success": "How we will know",
    "timeframe": "When",
    "start": "When it begins",
    "end": "When it ends",
    "owner": "Who carries it",
    "support": "Who helps",
    "oversight": "Who oversees",
    "alignment": "What it answers",
    "status": "Status",
    "rag": "RAG",
    "comments": "Comments",
    "update": "An account of one past period",
    "context": "Why (kept with the comments)",
    "resources": "Costs and means (kept with the comments)",
    "bau": "Business as usual",
}
LEFT_OUT = "Not part of the plan"


def meaning_in_words(choice: Any) -> str:
    """What a remembered choice says: "Status", "In progress", "August 2025 to July 2026", "R3 (TALENT)", a party's name."""
    from .dates import said

    told = choice.meaning
    match choice.kind:
        case ChoiceKind.HEADING:
            return COLUMN_WORDS.get(told["role"], LEFT_OUT)
        case ChoiceKind.STATUS:
            return Status(told["status"]).label if told["status"] else "No status: a comment"
        case ChoiceKind.PHASE:
            return " to ".join(said(one) for one in (told["start"], told["end"]) if one)
        case ChoiceKind.ALIGNMENT:
            named = ", ".join(f"{code} ({framework})" for framework, code in told["principles"])
            return named or "No principle: only words"
    return str(choice.party or "")
