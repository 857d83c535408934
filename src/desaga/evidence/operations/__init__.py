"""What one can do with evidence."""

from .giving import GivenPiece, RecordIsGone, correct_evidence, keep_evidence
from .reviewing import ReasonWanted, accept_evidence, decline_evidence, replace_evidence, take_back
from .scanning import look_again

__all__ = [
    "GivenPiece",
    "ReasonWanted",
    "RecordIsGone",
    "accept_evidence",
    "correct_evidence",
    "decline_evidence",
    "keep_evidence",
    "look_again",
    "replace_evidence",
    "take_back",
]
