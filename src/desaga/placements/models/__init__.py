from .application import Answer, Application, ApplicationEvent
from .panel import Assignment, Blackened, EligibilityCheck, Interest, PanelMember, Score
from .scheme import Budget, Round, Scheme, SchemeVersion

__all__ = [
    "Answer",
    "Application",
    "ApplicationEvent",
    "Assignment",
    "Blackened",
    "Budget",
    "EligibilityCheck",
    "Interest",
    "PanelMember",
    "Round",
    "Scheme",
    "SchemeVersion",
    "Score",
]
