"""Who edits a site, who publishes on it, who founds it."""

import rules

from desaga.organisations.rules import has_role, is_lead, runs_the_programme
from desaga.organisations.states import Role

edits = runs_the_programme | has_role(Role.EDITOR)

rules.add_perm("website.edit", edits)
rules.add_perm("website.publish", is_lead)
rules.add_perm("website.found_site", is_lead)
