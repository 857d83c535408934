"""Who may do what with newsletters. Editors compose; what reaches everybody at once, with an introduction of free words, a lead sends, as on the site."""

import rules

from desaga.organisations.rules import has_role, is_lead, runs_the_programme
from desaga.organisations.states import Role

edits_newsletters = runs_the_programme | has_role(Role.EDITOR)

rules.add_perm("newsletters.see", edits_newsletters)
rules.add_perm("newsletters.edit", edits_newsletters)
rules.add_perm("newsletters.send", is_lead)
