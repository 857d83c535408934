"""What became of mails, announced to the slices above.

Each is sent inside the transaction that writes the fact, and without an organisation's scope: a receiver that reads or
writes an organisation's rows opens `within(organisation)` itself. A receiver that raises undoes the fact, which is then
told again at the next try. `organisation_id` is None where a mail went in nobody's name.
"""

from django.dispatch import Signal

#: A mail came back. mail_id, organisation_id, status ("5.1.1"), at.
mail_bounced = Signal()
#: A mail's last try failed. mail_id, organisation_id, at.
mail_given_up = Signal()
#: Nobody can know whether the mail server took a mail. mail_id, organisation_id, at.
mail_doubtful = Signal()
