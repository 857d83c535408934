"""Who may say what became of a mail in doubt."""

import rules

from desaga.organisations.rules import runs_the_programme

rules.add_perm("notifications.settle_mail", runs_the_programme)
