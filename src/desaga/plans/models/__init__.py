"""Plans, what they are made of, and the documents that they came from."""

from .actions import Action, ActionOwner, Alignment, Answer, Dependency, Doubt, Milestone, Update, late_on, still_to_do
from .bulk import BulkChange
from .closing import ActionOutcome, ActionSource, Lineage, RefusedPredecessor, TrajectoryRule, UsualCheck
from .evidence import ActionEvidence
from .following import Followed, Following
from .imports import DocumentContent, ImportedDocument, StagedRow
from .measures import Measure, MeasureReading
from .plans import Plan, StateChange, Theme
from .proposals import ProposalAnswer, StudyTheme
from .remembered import RememberedChoice
from .reporting import ReportingRule
from .saved import DefaultView, SavedView
from .steps import ReviewStep
from .versions import PlanVersion

__all__ = [
    "Action",
    "ActionEvidence",
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
    "ProposalAnswer",
    "RefusedPredecessor",
    "RememberedChoice",
    "ReportingRule",
    "ReviewStep",
    "SavedView",
    "StagedRow",
    "StateChange",
    "StudyTheme",
    "Theme",
    "TrajectoryRule",
    "Update",
    "UsualCheck",
    "late_on",
    "still_to_do",
]
