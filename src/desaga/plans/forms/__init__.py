"""Input to clean data."""

from .actions import ActionForm
from .bulk import BulkForm
from .everywhere import AllActionsFilterForm, PlanFilterForm
from .imports import HandInForm, ReviewFilterForm, ThemeForm
from .measures import MeasureForm, ReadingForm, SourceForm
from .mending import SplitForm
from .parties import WhoForm
from .plans import ActionFilterForm, ColumnsForm, PlanForm, SaveViewForm, VersionForm, filter_form_of
from .reporting import ReportingForm
from .units import AnswerForm, PlaceForm, UnitPlanForm
from .updates import AccountForm, GiveUpdateForm
from .usual import FromUsualForm, ToUsualForm
from .waiting import FindActionForm, WaitForm

__all__ = [
    "AccountForm",
    "ActionFilterForm",
    "ActionForm",
    "AllActionsFilterForm",
    "AnswerForm",
    "BulkForm",
    "ColumnsForm",
    "FindActionForm",
    "FromUsualForm",
    "GiveUpdateForm",
    "HandInForm",
    "MeasureForm",
    "PlaceForm",
    "PlanFilterForm",
    "PlanForm",
    "ReadingForm",
    "ReportingForm",
    "ReviewFilterForm",
    "SaveViewForm",
    "SourceForm",
    "SplitForm",
    "ThemeForm",
    "ToUsualForm",
    "UnitPlanForm",
    "VersionForm",
    "WaitForm",
    "WhoForm",
    "filter_form_of",
]
