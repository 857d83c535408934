from .application import Answer, Application, ApplicationEvent
from .scheme import Budget, Round, Scheme, SchemeVersion

__all__ = ["Answer", "Application", "ApplicationEvent", "Budget", "Round", "Scheme", "SchemeVersion"]
