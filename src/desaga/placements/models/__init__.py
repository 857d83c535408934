from .application import Answer, Application, ApplicationEvent
from .asking import Asking, AskingKey, AskingLetter
from .scheme import Budget, Round, Scheme, SchemeVersion

__all__ = [
    "Answer",
    "Application",
    "ApplicationEvent",
    "Asking",
    "AskingKey",
    "AskingLetter",
    "Budget",
    "Round",
    "Scheme",
    "SchemeVersion",
]
