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
from .scheme import Budget, Round, Scheme, SchemeVersion

__all__ = [
    "Agreement",
    "Answer",
    "Application",
    "ApplicationEvent",
    "Attendance",
    "Award",
    "AwardChange",
    "AwardLetter",
    "Budget",
    "Certificate",
    "Claim",
    "ClaimLine",
    "Outcome",
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
    "SharedSession",
    "Signature",
    "StoryOffer",
    "StoryText",
]
