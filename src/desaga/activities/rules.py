"""Who may see what colleagues did. What is one's own, one always sees."""

import rules

from desaga.organisations.rules import runs_the_programme

rules.add_perm("activities.see_activities", runs_the_programme)
