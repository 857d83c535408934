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
from .award import Agreement, Award, AwardChange, AwardLetter, ReservePlace, Signature
from .claims import Claim, ClaimLine, Payment, Receipt, ReceiptContent, Repayment
from .panel import Assignment, Blackened, EligibilityCheck, Interest, PanelMember, Score
from .scheme import Budget, Round, Scheme, SchemeVersion

__all__ = [
    "Agreement",
    "Answer",
    "Application",
    "ApplicationEvent",
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
    "Interest",
    "Outcome",
    "PanelMember",
    "Payment",
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
