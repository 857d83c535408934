"""What newsletters do when the post says something."""

from __future__ import annotations

from typing import Any

from desaga.organisations.models import Organisation
from desaga.tenancy.context import within

from .operations.subscribing import hear_of_return


def hear_of_mail(sender: Any, mail_id: int, organisation_id: int | None, status: str, at: Any, **kwargs: Any) -> None:
    """Sent without a scope, inside the transaction that writes the fact."""
    if organisation_id is None:
        return
    with within(Organisation.objects.get(pk=organisation_id)):
        hear_of_return(mail_id=mail_id, status=status, at=at)
