"""Who may do what with frameworks."""

import rules

from desaga.organisations.rules import is_member, runs_the_programme

rules.add_perm("frameworks.see_frameworks", is_member)
rules.add_perm("frameworks.keep_frameworks", runs_the_programme)
