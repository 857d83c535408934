"""Plans, what they are made of, and the documents that they came from."""

from .actions import Action, ActionOwner, Alignment, Answer, Dependency, Doubt, Milestone, Update, late_on, still_to_do
from .bulk import BulkChange
from .closing import ActionOutcome, ActionSource, Lineage, RefusedPredecessor, TrajectoryRule, UsualCheck
from .following import Followed, Following
from .imports import DocumentContent, ImportedDocument, StagedRow
from .measures import Measure, MeasureReading
from .plans import Plan, StateChange, Theme
from .remembered import RememberedChoice
from .reporting import ReportingRule
from .saved import DefaultView, SavedView
from .steps import ReviewStep
from .versions import PlanVersion

__all__ = [
    "Action",
    "ActionOutcome",
    "ActionOwner",
    "ActionSource",
    "Alignment",
    "Answer",
    "BulkChange",
    "DefaultView",
    "Dependency",
    "DocumentContent",
    "Doubt",
    "Followed",
    "Following",
    "ImportedDocument",
    "Lineage",
    "Measure",
    "MeasureReading",
    "Milestone",
    "Plan",
    "PlanVersion",
    "RefusedPredecessor",
    "RememberedChoice",
    "ReportingRule",
    "ReviewStep",
    "SavedView",
    "StagedRow",
    "StateChange",
    "Theme",
    "TrajectoryRule",
    "Update",
    "UsualCheck",
    "late_on",
    "still_to_do",
]
