"""What can be taken out of a plan, and in which formats."""

from .registry import VIEWS, NotForThePublic, TooLongForPDF, View
from .taking import TakenOut, take_out

__all__ = ["VIEWS", "NotForThePublic", "TakenOut", "TooLongForPDF", "View", "take_out"]
