"""Tables to files: what a page shows, as a file that colleagues can use. Pure Python.

`FORMATS` names each format and what writes it. The libraries behind them are loaded when first used: they are slow to load.
"""

from .formats import FORMATS, Format
from .model import Column, Imprint, Table

__all__ = ["FORMATS", "Column", "Format", "Imprint", "Table"]
