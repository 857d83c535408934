"""Input to clean data."""

from .actions import ActionForm
from .bulk import BulkForm
from .closing import BecameForm, CompareForm, FeedbackForm, NextPlanForm, SayForm, ShowForm
from .everywhere import AllActionsFilterForm, PlanFilterForm
from .imports import HandInForm, ReviewFilterForm, ThemeForm
from .measures import MeasureForm, ReadingForm, SourceForm
from .mending import SplitForm
from .parties import WhoForm
from .plans import ActionFilterForm, ColumnsForm, PlanForm, SaveViewForm, VersionForm, filter_form_of
from .reporting import ReportingForm
from .trajectories import TrajectoryForm
from .units import AnswerForm, PlaceForm, UnitPlanForm
from .updates import AccountForm, GiveUpdateForm
from .usual import FromUsualForm, StillUsualForm, ToUsualForm
from .waiting import FindActionForm, WaitForm

__all__ = [
    "AccountForm",
    "ActionFilterForm",
    "ActionForm",
    "AllActionsFilterForm",
    "AnswerForm",
    "BecameForm",
    "BulkForm",
    "ColumnsForm",
    "CompareForm",
    "FeedbackForm",
    "FindActionForm",
    "FromUsualForm",
    "GiveUpdateForm",
    "HandInForm",
    "MeasureForm",
    "NextPlanForm",
    "PlaceForm",
    "PlanFilterForm",
    "PlanForm",
    "ReadingForm",
    "ReportingForm",
    "ReviewFilterForm",
    "SaveViewForm",
    "SayForm",
    "ShowForm",
    "SourceForm",
    "SplitForm",
    "StillUsualForm",
    "ThemeForm",
    "ToUsualForm",
    "TrajectoryForm",
    "UnitPlanForm",
    "VersionForm",
    "WaitForm",
    "WhoForm",
    "filter_form_of",
]
