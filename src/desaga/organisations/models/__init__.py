"""Organisations, the people who stand above them, and what they let each other see."""

from .grants import Elevation, Grant
from .organisation import ConsortiumMembership, Organisation
from .parties import GlossaryTerm, Party
from .people import Employment, Person, PersonalDetails, RoleAssignment
from .units import Group, GroupMembership, Unit

__all__ = [
    "ConsortiumMembership",
    "Elevation",
    "Employment",
    "GlossaryTerm",
    "Grant",
    "Group",
    "GroupMembership",
    "Organisation",
    "Party",
    "Person",
    "PersonalDetails",
    "RoleAssignment",
    "Unit",
]
