"""Tables to files: what a page shows, as a file that colleagues can use. Pure Python."""

from .model import Column, Table

__all__ = ["Column", "Table"]
