"""Tables to files: what a page shows, as a file that colleagues can use. Pure Python.

`FORMATS` names each format and what writes it; `PAPERS` are those that a text with headings can be written in. The libraries behind them are loaded when first used: they are slow to load.
"""

from .formats import FORMATS, PAPERS, Format
from .model import Block, Column, Contents, Heading, Imprint, Picture, Points, Table, Words

__all__ = [
    "FORMATS",
    "PAPERS",
    "Block",
    "Column",
    "Contents",
    "Format",
    "Heading",
    "Imprint",
    "Picture",
    "Points",
    "Table",
    "Words",
]
