"""Editions of an organisation's own frameworks, their principles, and how one edition follows another."""

from .editions import Edition, EditionChange, Principle, PrincipleMove

__all__ = ["Edition", "EditionChange", "Principle", "PrincipleMove"]
