"""Input to clean data."""

from .actions import ActionForm
from .imports import HandInForm, ReviewFilterForm, ThemeForm
from .mending import SplitForm
from .plans import ActionFilterForm, PlanForm, VersionForm

__all__ = [
    "ActionFilterForm",
    "ActionForm",
    "HandInForm",
    "PlanForm",
    "ReviewFilterForm",
    "SplitForm",
    "ThemeForm",
    "VersionForm",
]
