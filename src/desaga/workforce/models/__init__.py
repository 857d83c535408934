"""Extracts on their way in, and the dated, immutable snapshots that they become."""

from .definitions import Classification, ClassifiedRow, Decision, DefinitionVersion
from .extracts import CodeChoice, Extract, Fault, Match, Progress, SavedMapping, SealedFile
from .keeping import DataKey, Limits, plain_hours
from .readiness import Readiness
from .releases import PublicFigures, Release, ReleasedTable, ReleaseProgress
from .snapshots import ActivityRow, ContractRow, EqualityRow, PersonRow, Snapshot
from .stating import AdvertisedPosts, Comparator, Statement

__all__ = [
    "ActivityRow",
    "AdvertisedPosts",
    "Classification",
    "ClassifiedRow",
    "CodeChoice",
    "Comparator",
    "ContractRow",
    "DataKey",
    "Decision",
    "DefinitionVersion",
    "EqualityRow",
    "Extract",
    "Fault",
    "Limits",
    "Match",
    "PersonRow",
    "Progress",
    "PublicFigures",
    "Readiness",
    "Release",
    "ReleaseProgress",
    "ReleasedTable",
    "SavedMapping",
    "SealedFile",
    "Snapshot",
    "Statement",
    "plain_hours",
]
