"""Extracts on their way in, and the dated, immutable snapshots that they become."""

from .extracts import CodeChoice, Extract, Fault, Match, Progress, SavedMapping, SealedFile
from .keeping import DataKey, Limits, plain_hours
from .snapshots import ActivityRow, ContractRow, EqualityRow, PersonRow, Snapshot

__all__ = [
    "ActivityRow",
    "CodeChoice",
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
    "plain_hours",
]
