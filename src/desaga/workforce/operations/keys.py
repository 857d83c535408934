"""Changing the outer key: the data keys of every organisation are sealed anew, and no row of a person is touched."""

from __future__ import annotations

from cryptography.fernet import InvalidToken
from django.db import transaction

from desaga.audit import operations as audit
from desaga.tenancy.context import within

from .. import queries
from ..models import DataKey
from ..sealing import KeyLost, outer_key


def rotate() -> int:
    """Seal every data key with the first key of `DESAGA_WORKFORCE_KEYS`; answers how many. Then the others can be taken out.

    Raises `sealing.KeyLost` where one was sealed with a key that is not there; those before it are done.
    """
    return sum(_rotate_in(organisation) for organisation in queries.organisations_with_rows())


def _rotate_in(organisation: object) -> int:
    outer = outer_key()
    with within(organisation), transaction.atomic():
        held = list(DataKey.objects.select_for_update())
        for key in held:
            try:
                key.sealed = outer.rotate(bytes(key.sealed))
            except InvalidToken as error:
                raise KeyLost from error
            key.save(update_fields=["sealed"])
            audit.record(actor=None, verb="sealed anew the key of", thing=key)
    return len(held)
