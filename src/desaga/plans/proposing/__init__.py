"""Which principles an action answers, proposed with the words that made it so. Pure Python: no Django, no database, no network.

`propose` ranks the principles of a framework for each text; `Example`s are what people accepted and refused before.
"""

from .proposing import Example, Proposal, propose
from .vocabulary import FRAMEWORKS, Principle, principles_of

__all__ = ["FRAMEWORKS", "Example", "Principle", "Proposal", "principles_of", "propose"]
