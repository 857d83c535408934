"""Plans, what they are made of, and the documents that they came from."""

from .actions import Action, ActionOwner, Alignment, Dependency, Doubt, Milestone, Update
from .imports import DocumentContent, ImportedDocument, StagedRow
from .plans import Plan, StateChange, Theme
from .steps import ReviewStep

__all__ = [
    "Action",
    "ActionOwner",
    "Alignment",
    "Dependency",
    "DocumentContent",
    "Doubt",
    "ImportedDocument",
    "Milestone",
    "Plan",
    "ReviewStep",
    "StagedRow",
    "StateChange",
    "Theme",
    "Update",
]
