from .after import (
    Attendance,
    Certificate,
    Outcome,
    PlacementRecord,
    PlacementReport,
    SharedSession,
    StoryOffer,
    StoryText,
)
from .application import Answer, Application, ApplicationEvent
from .asking import Asking, AskingKey, AskingLetter
from .award import Agreement, Award, AwardChange, AwardLetter, ReservePlace, Signature
from .claims import Claim, ClaimLine, Payment, PaymentTakenBack, Receipt, ReceiptContent, Repayment
from .equality import EqualityAnswers
from .files import ApplicationFile, ApplicationFileContent
from .hosts import HostPlace
from .meeting import AgendaItem, OutcomeChange, OutcomeLetter, PendingOutcome
from .panel import Assignment, Blackened, EligibilityCheck, Interest, PanelMember, Score
from .scheme import Budget, Round, Scheme, SchemeVersion

__all__ = [
    "AgendaItem",
    "Agreement",
    "Answer",
    "Application",
    "ApplicationEvent",
    "ApplicationFile",
    "ApplicationFileContent",
    "Asking",
    "AskingKey",
    "AskingLetter",
    "Assignment",
    "Attendance",
    "Award",
    "AwardChange",
    "AwardLetter",
    "Blackened",
    "Budget",
    "Certificate",
    "Claim",
    "ClaimLine",
    "EligibilityCheck",
    "EqualityAnswers",
    "HostPlace",
    "Interest",
    "Outcome",
    "OutcomeChange",
    "OutcomeLetter",
    "PanelMember",
    "Payment",
    "PaymentTakenBack",
    "PendingOutcome",
    "PlacementRecord",
    "PlacementReport",
    "Receipt",
    "ReceiptContent",
    "Repayment",
    "ReservePlace",
    "Round",
    "Scheme",
    "SchemeVersion",
    "Score",
    "SharedSession",
    "Signature",
    "StoryOffer",
    "StoryText",
]
