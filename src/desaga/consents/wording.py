"""The words by which consent is asked, and the mark by which one knows them again. Pure."""

from __future__ import annotations

import hashlib

#: What a consent is asked by where an organisation has no words of its own. `{organisation}` is its name.
SHIPPED = """{organisation} would like to show you to others: to young people who wonder what technicians do, to their parents and teachers, and to colleagues.

You choose what of you is shown, and where. Leave out whatever you like. Nothing is shown before you have said yes, and nothing after the day named here.

You keep the rights in your words and pictures. You give {organisation} a licence to show them in the places that you tick, until that day, without payment. {organisation} does not sell them, and gives them to nobody else to use.

“Our public site and the national one” means the pages of {organisation}, and the national site about technicians, which lists what all who take part show. No other organisation shows you on its pages.

You can take this back on any day, without saying why, with the link in the e-mail that confirms it. What stands on these sites is then taken down at once. What was printed or sent before cannot be called back; you are told what that is.

Saying no has no consequences for you, at work or anywhere else."""
LONGEST = 6000


def digest_of(text: str) -> str:
    """SHA-256 of the words, as they were read."""
    return hashlib.sha256(text.encode()).hexdigest()


def in_the_name_of(text: str, organisation: str) -> str:
    return text.replace("{organisation}", organisation)
