"""Who is a technician: definitions as ordered, readable rules, what they decide, and why. No Django."""

from .comparing import Move, balance, moves
from .deciding import Classifier, PersonVerdict, Verdict
from .model import EMPTY, REST, Condition, Counting, Definition, Looks, Outcome, Rule
from .serial import Unfit, faults_of, from_data, to_data
from .shipped import STARTING

__all__ = [
    "EMPTY",
    "REST",
    "STARTING",
    "Classifier",
    "Condition",
    "Counting",
    "Definition",
    "Looks",
    "Move",
    "Outcome",
    "PersonVerdict",
    "Rule",
    "Unfit",
    "Verdict",
    "balance",
    "faults_of",
    "from_data",
    "moves",
    "to_data",
]
