"""Principles of frameworks proposed for actions, with the words that made it so. Pure Python; nothing is applied here."""

from __future__ import annotations

from .model import ActionText, Asked, Example, FrameworkAsked, Suggestion, asked_of, shipped
from .proposals import propose

__all__ = ["ActionText", "Asked", "Example", "FrameworkAsked", "Suggestion", "asked_of", "propose", "shipped"]
