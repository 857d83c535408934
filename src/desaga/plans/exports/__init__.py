"""What can be taken out of a plan, and in which formats."""

from .registry import NotForThePublic, TooLongForPDF, View, views
from .taking import TakenOut, take_out

__all__ = ["NotForThePublic", "TakenOut", "TooLongForPDF", "View", "take_out", "views"]
