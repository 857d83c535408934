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
from .claims import Claim, ClaimLine, Payment, Receipt, ReceiptContent, Repayment
from .equality import EqualityAnswers
from .files import ApplicationFile, ApplicationFileContent
from .hosts import HostPlace
from .scheme import Budget, Round, Scheme, SchemeVersion

__all__ = [
    "Agreement",
    "Answer",
    "Application",
    "ApplicationEvent",
    "ApplicationFile",
    "ApplicationFileContent",
    "Asking",
    "AskingKey",
    "AskingLetter",
    "Attendance",
    "Award",
    "AwardChange",
    "AwardLetter",
    "Budget",
    "Certificate",
    "Claim",
    "ClaimLine",
    "EqualityAnswers",
    "HostPlace",
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
