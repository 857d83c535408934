from .doors import Doors
from .questions import PublicAnswer, Question
from .reference import EntryVersion
from .work import SchoolInterest

__all__ = ["Doors", "EntryVersion", "PublicAnswer", "Question", "SchoolInterest"]
