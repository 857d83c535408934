from .after import (
    Attendance,
    Certificate,
    Outcome,
    OutcomeFile,
    OutcomeFileContent,
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
from .fund import FundPublication, FundPublicationFile, FundReport, FundReportDraft, FundReportText
from .hosts import HostPlace
from .keeping import EqualityFigures, Hold, StrippingRun
from .meeting import AgendaItem, LetterCheck, OutcomeChange, OutcomeLetter, PendingOutcome
from .panel import Assignment, Blackened, EligibilityCheck, Interest, PanelMember, Score
from .scheme import Budget, Round, Scheme, SchemeVersion
from .shown import HostOffer, HostOfferLink, PastAward

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
    "EqualityFigures",
    "FundPublication",
    "FundPublicationFile",
    "FundReport",
    "FundReportDraft",
    "FundReportText",
    "Hold",
    "HostOffer",
    "HostOfferLink",
    "HostPlace",
    "Interest",
    "LetterCheck",
    "Outcome",
    "OutcomeChange",
    "OutcomeFile",
    "OutcomeFileContent",
    "OutcomeLetter",
    "PanelMember",
    "PastAward",
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
    "StrippingRun",
]
