"""Who may say what became of a mail in doubt. Of which mails somebody is told, `queries.doubtful_mail_for` says."""

import rules

from desaga.organisations.rules import has_role, runs_the_programme
from desaga.organisations.states import Role

# To open the page at all: those who run schemes settle the mails about their applications, of which others may not know.
rules.add_perm("notifications.settle_mail", runs_the_programme | has_role(Role.SCHEME_MANAGER))
# All that is about nothing that is sealed.
rules.add_perm("notifications.settle_any_mail", runs_the_programme)
