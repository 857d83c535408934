"""Extracts on their way in, and the dated, immutable snapshots that they become."""

from .extracts import CodeChoice, Extract, Fault, Match, Progress, SavedMapping, SealedFile
from .keeping import DataKey, Limits
from .snapshots import ActivityRow, ContractRow, EqualityRow, PersonRow, Snapshot
from .stating import Comparator, Statement

__all__ = [
    "ActivityRow",
    "CodeChoice",
    "Comparator",
    "ContractRow",
    "DataKey",
    "EqualityRow",
    "Extract",
    "Fault",
    "Limits",
    "Match",
    "PersonRow",
    "Progress",
    "SavedMapping",
    "SealedFile",
    "Snapshot",
    "Statement",
]
