"""Figures from which nobody can be worked out: policies, rounding, suppression, audit. Pure Python; see README.md."""

from .cells import NOT_COLLECTED, Cell, Kind, average_cell, count_cell, flag, number, rate_cell, share_cell, show, words
from .policies import INTERNAL, INTERNAL_THRESHOLDS, PUBLIC, STEWARD, BadPolicy, Policy, custom, internal
from .tables import BadTable, Protected, Table, protect

__all__ = [
    "INTERNAL",
    "INTERNAL_THRESHOLDS",
    "NOT_COLLECTED",
    "PUBLIC",
    "STEWARD",
    "BadPolicy",
    "BadTable",
    "Cell",
    "Kind",
    "Policy",
    "Protected",
    "Table",
    "average_cell",
    "count_cell",
    "custom",
    "flag",
    "internal",
    "number",
    "protect",
    "rate_cell",
    "share_cell",
    "show",
    "words",
]
