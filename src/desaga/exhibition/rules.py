"""Who handles requests for the touring exhibition: its lead, and editors."""

import rules

from desaga.organisations.rules import has_role, is_lead
from desaga.organisations.states import Role

lends = is_lead | has_role(Role.EDITOR)

rules.add_perm("exhibition.see", lends)
# To open and close the tour, to answer requests, to change days.
rules.add_perm("exhibition.handle", lends)
