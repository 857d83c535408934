"""Input to clean data."""

from .actions import ActionForm
from .imports import HandInForm, ReviewFilterForm, ThemeForm
from .plans import ActionFilterForm, PlanForm

__all__ = ["ActionFilterForm", "ActionForm", "HandInForm", "PlanForm", "ReviewFilterForm", "ThemeForm"]
