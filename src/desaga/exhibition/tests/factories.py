"""Requests to test with, made through the operations, and opened through the links of their mails."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from desaga.consents.tests.factories import letters
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within

from ..models import Tour, TourRequest
from ..operations import requests, tours
from ..operations.requests import Asked

CONTACT = "head@quarry-school.example"


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def make_tour(organisation: Organisation, *, actor: Any, is_open: bool = True) -> Tour:
    with within(organisation, user=actor):
        tour = tours.describe_tour(
            actor=actor, organisation=organisation, title="Made visible, on tour", words="Twelve panels and two headsets.",
            needs="A room of 40 square metres.", longest_days=30,
        )  # fmt: skip
        return tours.open_tour(actor=actor) if is_open else tour


def asked(start: int = 10, end: int = 20, **fields: Any) -> Asked:
    told = {"venue": "Quarry School", "venue_kind": "school", "place": "Quarry", "contact_name": "Nia Holt", "contact_email": CONTACT,
            "words": "For Year 9."}  # fmt: skip
    return Asked(starts_on=in_days(start), ends_on=in_days(end), **{**told, **fields})


def make_request(tour: Tour, start: int = 10, end: int = 20, *, confirmed: bool = True, **fields: Any) -> TourRequest:
    with within(tour.organisation):
        request = requests.ask_for_tour(tour=tour, asked=asked(start, end, **fields))
        return requests.confirm_request(request=request) if confirmed else request


def furnish_tour(organisation: Organisation, *, actor: Any) -> TourRequest:
    """A tour with a request, for the walk of all addresses. It is closed, so that nothing of it is open to everybody."""
    tour = make_tour(organisation, actor=actor)
    request = make_request(tour)
    with within(organisation, user=actor):
        tours.close_tour(actor=actor)
    return request


def link_in_mail(to: str = CONTACT) -> str:
    """The address that the last mail to a venue carried."""
    pattern = re.compile(r"/exhibition/[\w-]+/by-link/request/\?key=[\w-]+")
    return [found for mail in letters(to) for found in pattern.findall(mail.text)][-1]


def anew(request: TourRequest) -> TourRequest:
    with within(request.organisation):
        return TourRequest.objects.select_related("organisation", "tour").get(pk=request.pk)
