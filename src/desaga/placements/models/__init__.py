from .application import Answer, Application, ApplicationEvent
from .asking import Asking, AskingKey, AskingLetter
from .equality import EqualityAnswers
from .files import ApplicationFile, ApplicationFileContent
from .hosts import HostPlace
from .scheme import Budget, Round, Scheme, SchemeVersion

__all__ = [
    "Answer",
    "Application",
    "ApplicationEvent",
    "ApplicationFile",
    "ApplicationFileContent",
    "Asking",
    "AskingKey",
    "AskingLetter",
    "Budget",
    "EqualityAnswers",
    "HostPlace",
    "Round",
    "Scheme",
    "SchemeVersion",
]
