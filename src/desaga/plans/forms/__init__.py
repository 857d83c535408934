"""Input to clean data."""

from .actions import ActionForm
from .everywhere import AllActionsFilterForm, PlanFilterForm
from .imports import HandInForm, ReviewFilterForm, ThemeForm
from .mending import SplitForm
from .parties import WhoForm
from .plans import ActionFilterForm, PlanForm, VersionForm
from .units import AnswerForm, PlaceForm, UnitPlanForm
from .usual import FromUsualForm, ToUsualForm

__all__ = [
    "ActionFilterForm",
    "ActionForm",
    "AllActionsFilterForm",
    "AnswerForm",
    "FromUsualForm",
    "HandInForm",
    "PlaceForm",
    "PlanFilterForm",
    "PlanForm",
    "ReviewFilterForm",
    "SplitForm",
    "ThemeForm",
    "ToUsualForm",
    "UnitPlanForm",
    "VersionForm",
    "WhoForm",
]
