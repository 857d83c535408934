"""The pages, for the HR data steward."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, member_of
from desaga.tenancy.context import within

from ..models import Extract, Snapshot
from .factories import csv_of, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def steward(organisation, client):
    user = member_of(organisation, Role.HR_DATA_STEWARD)
    client.force_login(user)
    return user


def at(organisation, rest=""):
    return f"/o/{organisation.slug}/workforce/{rest}"


def only_extract(organisation):
    with within(organisation):
        return Extract.objects.get()


def send_file(client, organisation, content, **fields):
    told = {"as_at_day": "31", "as_at_month": "7", "as_at_year": "2025", "coverage": "all"}
    told |= {"submission": "7f1b9a52-6d5c-4b39-9a0e-3d6c1d7f2a11", **fields}
    file = SimpleUploadedFile("staff.csv", content)
    return client.post(at(organisation, "extracts/hand-in/"), {**told, "document": file})


def test_a_file_goes_all_the_way_by_its_pages(client, organisation, steward):
    page = send_file(client, organisation, csv_of())
    extract = only_extract(organisation)
    assert page.headers["Location"] == at(organisation, f"extracts/{extract.pk}/")
    worked(extract, steward)

    here = f"extracts/{extract.pk}/"
    page = client.get(at(organisation, f"{here}columns/"))
    fields = {f"column_{n}": line["field"].initial for n, line in enumerate(page.context["form"].lines)}
    assert fields["column_0"] == "staff_number"
    client.post(at(organisation, f"{here}columns/"), {**fields, "grain": "person", "full_time_hours": "35"})
    client.post(at(organisation, f"{here}codes/"), {})
    worked(extract, steward)
    assert b"Make the snapshot of 3 people" in client.get(at(organisation, f"{here}check/")).content
    client.post(at(organisation, f"{here}load/"))
    worked(extract, steward)

    assert b"It became the snapshot of" in client.get(at(organisation, here)).content
    with within(organisation):
        assert Snapshot.objects.get().people == 3
