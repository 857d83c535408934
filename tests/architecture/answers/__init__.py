"""The one table of who is answered what at every address. An address that is missing here fails the walk.

In a workspace the anonymous are asked to sign in (302), whoever is nothing there is told that there is no such place
(404), whoever is something but not enough is refused (403). `Open(to)` names the roles that are answered 200; `things`
fills the address from `things.py`. Outside the workspaces, `Plain` says it for the anonymous and for the signed in.
"""

from __future__ import annotations

from . import people, plans
from .careers import CAREERS
from .charters import CHARTERS, UNION_LEARNING
from .exhibition import EXHIBITION
from .kinds import ANONYMOUS, MISSING, NOBODY, NOT_THIS_WAY, OK, STRANGER, Letter, Open, Plain
from .newsletters import DIRECTORY, NEWSLETTERS, POSTERS
from .people import ACCOUNTS, API, FEDERATION, HOME, KEYS, NOTIFICATIONS, ORGANISATIONS, PRIVACY, UI
from .placements import PLACEMENTS
from .plans import FRAMEWORKS, PLANS, PUBLIC, WEBSITE
from .programme import ACTIVITIES, EVIDENCE, GOVERNANCE, INDICATORS, REPORTS, REVIEWS, ROUNDS
from .stories import CONSENTS, STORIES
from .workforce import WORKFORCE

__all__ = [
    "ANONYMOUS",
    "ANSWERS",
    "MISSING",
    "MISSING_INSIDE",
    "NOBODY",
    "NOT_THIS_WAY",
    "OK",
    "STRANGER",
    "Letter",
    "Open",
    "Plain",
]

#: Pages that answer 404 to some who belong to the organisation: the thing is not theirs to know of.
MISSING_INSIDE = people.MISSING_INSIDE | plans.MISSING_INSIDE

ANSWERS: dict[str, Open | Letter | Plain] = {
    **API, **KEYS, **FEDERATION, **HOME, **FRAMEWORKS, **PLANS, **REVIEWS, **ROUNDS, **NOTIFICATIONS, **ACCOUNTS,
    **ORGANISATIONS, **UI, **GOVERNANCE, **EVIDENCE, **PUBLIC, **INDICATORS, **ACTIVITIES, **REPORTS,
    **WORKFORCE,
    **PLACEMENTS,
    **PRIVACY,
    **WEBSITE,
    **CONSENTS,
    **STORIES,
    **EXHIBITION,
    **CAREERS,
    **NEWSLETTERS,
    **DIRECTORY,
    **POSTERS,
    **CHARTERS,
    **UNION_LEARNING,
}  # fmt: skip
