"""Who may do what with the directory: everybody lists themselves; whoever runs the programme, and editors, may take an entry out."""

import rules

from desaga.organisations.rules import has_role, is_member, runs_the_programme
from desaga.organisations.states import Role

rules.add_perm("directory.list_oneself", is_member)
rules.add_perm("directory.keep", runs_the_programme | has_role(Role.EDITOR))
