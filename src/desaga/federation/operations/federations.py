"""Federations whose metadata we trust: which, and reading it anew."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from desaga.organisations.refusals import Refused
from desaga.tenancy.context import within_platform

from ..fetching import NotAnswering, check_address, fetch_file
from ..models import FederatedInstitution, Federation
from ..saml.metadata import Aggregate, Institution, read_aggregate
from ..saml.refusals import MetadataRefused
from ..saml.signature import pem_certificates

SOONEST, LATEST, AFTER_A_FAULT = timedelta(hours=1), timedelta(hours=12), timedelta(hours=1)
LARGEST, SECONDS = 512 << 20, 600
AT_ONCE = 500
IN_MEMORY = 8 << 20
logger = logging.getLogger(__name__)


class FederationThere(Refused):
    """There is a federation of this name already."""


class BadCertificate(Refused):
    """The certificate cannot be used."""


def trust_federation(*, actor: Any, name: str, address: str, certificates: str) -> Federation:
    """Trust a federation's metadata, signed with one of the certificates (PEM). For those who run Desaga; it is read by the worker."""
    check_address(address)
    try:
        trusted = b"".join(pem_certificates(certificates)).decode()
    except MetadataRefused as error:
        raise BadCertificate(str(error)) from error
    with transaction.atomic(), within_platform(actor):
        if Federation.objects.filter(name=name).exists():
            raise FederationThere
        return Federation.objects.create(name=name, address=address, certificates=trusted, due_at=timezone.now())


def read_due_federations(*, now: datetime | None = None) -> list[Federation]:
    """Read anew the federations whose time it is; one that fails keeps what it had, until that expires."""
    now = now or timezone.now()
    due = list(Federation.objects.filter(due_at__lte=now))
    for federation in due:
        read_federation(federation=federation, now=now)
    return due


def read_federation(*, federation: Federation, now: datetime) -> None:
    """Fetch a federation's metadata, check it and take it over as a whole; else say what is wrong and try again in an hour."""
    try:
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as source:
            fetch_file(federation.address, source, largest=LARGEST, seconds=SECONDS)
            take_over(federation, source, now)
    except (NotAnswering, MetadataRefused) as fault:
        logger.warning("federation %s: %s", federation.name, fault)
        keep_up(federation, problem=str(fault), due_at=now + AFTER_A_FAULT)


def take_over(federation: Federation, source: IO[bytes], now: datetime) -> None:
    trusted = pem_certificates(federation.certificates)
    with transaction.atomic(), within_platform(), read_aggregate(source, certificates=trusted, now=now) as found:
        for some in batches(found.institutions):
            write(federation, some, now)
        due_at = now + pause(found)
        keep_up(federation, problem="", due_at=due_at, read_at=now, valid_until=found.valid_until)


def keep_up(federation: Federation, **fields: Any) -> None:
    with transaction.atomic(), within_platform():
        for name, value in fields.items():
            setattr(federation, name, value)
        federation.save(update_fields=list(fields))


def pause(found: Aggregate) -> timedelta:
    """When to read it again: as its publisher asks, within reason, and well before it expires."""
    return min(max(found.cache_for or LATEST, SOONEST), LATEST)


def batches(institutions: Iterable[Institution]) -> Iterator[list[Institution]]:
    rest = iter(institutions)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def write(federation: Federation, institutions: list[Institution], now: datetime) -> None:
    # Of two entries with one entity ID the later counts: one statement cannot write a row twice.
    rows = {
        institution.entity_id: FederatedInstitution(
            federation=federation,
            entity_id=institution.entity_id,
            name=institution.name,
            is_hidden=institution.is_hidden,
            content=institution.as_json(),
            read_at=now,
        )
        for institution in institutions
    }
    FederatedInstitution.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["federation", "entity_id"],
        update_fields=["name", "is_hidden", "content", "read_at"],
    )
