"""Work experience through the school: no child's address, no child's name, nothing before the school confirms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from desaga.notifications.models import OutgoingMail
from desaga.organisations.states import Role
from desaga.privacy.retaining import CLASSES
from desaga.tenancy.context import within, within_platform

from ..models import SchoolInterest
from ..operations import work
from ..operations.doors import NeedsSafeguarding
from ..operations.gate import NotNow
from ..queries import interests_listed
from .factories import SAID, begun, confirmed, open_doors

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(member):
    return member(Role.LEAD)


@pytest.fixture
def doors(organisation, lead):
    return open_doors(organisation, actor=lead)


def mails_to(email):
    with within_platform():
        return OutgoingMail.objects.filter(recipient=email).count()


@pytest.mark.parametrize("email", ["sam@gmail.com", "sam@Hotmail.co.uk", "sam@icloud.com"])
def test_a_childs_own_address_is_not_taken(organisation, doors, email):
    with pytest.raises(work.NotASchoolsAddress):
        begun(organisation, email)
    assert mails_to(email) == 0
    with within(organisation):
        assert SchoolInterest.objects.count() == 0


def test_only_the_school_is_written_to_and_nothing_counts_before_it_confirms(organisation, doors):
    begun(organisation)
    assert mails_to("office@brook.sch.example") == 1
    with within(organisation):
        assert interests_listed().count() == 0
    with within(organisation):
        work.confirm_interest(interest=SchoolInterest.objects.get(), **SAID)
        assert interests_listed().get().school == "Brook School"


def test_what_tells_of_a_pupil_is_refused(organisation, doors):
    interest = begun(organisation)
    with within(organisation), pytest.raises(work.TellsOfAPupil):
        work.confirm_interest(interest=interest, **(SAID | {"wish": "Ring Sam on 07700 900123"}))


def test_a_school_confirms_once(organisation, doors):
    interest = confirmed(organisation)
    with within(organisation), pytest.raises(NotNow):
        work.confirm_interest(interest=interest, **SAID)


def test_the_door_needs_somebody_who_answers_for_safeguarding(organisation, lead):
    with pytest.raises(NeedsSafeguarding):
        open_doors(organisation, actor=lead, safeguarding="")


def test_the_database_wants_safeguarding_too(organisation, doors):
    with within(organisation), pytest.raises(IntegrityError, match="doors_to_work_are_safeguarded"):
        type(doors).objects.update(safeguarding="", safeguarding_email="")


def test_a_school_that_is_told_no_gets_one_mail(organisation, doors, lead):
    interest = confirmed(organisation)
    with within(organisation, user=lead):
        work.decline_interest(actor=lead, interest=interest)
    assert mails_to("office@brook.sch.example") == 2


def test_a_school_takes_it_back_and_it_is_gone(organisation, doors):
    interest = confirmed(organisation)
    with within(organisation):
        work.take_back(interest=interest)
        assert SchoolInterest.objects.count() == 0


@pytest.mark.parametrize(("key", "days"), [("unconfirmed_school_interests", 7), ("school_interests", 365)])
def test_they_go_by_themselves(organisation, doors, key, days):
    kept = CLASSES[key]
    assert (kept.days, kept.is_shown_first) == (days, False)
    make = begun if key.startswith("unconfirmed") else confirmed
    old, new = make(organisation), make(organisation)
    with within(organisation):
        then = timezone.now() - timedelta(days=days + 1)
        SchoolInterest.objects.filter(pk=old.pk).update(sent_at=then, since=then)
        kept.delete(organisation, timezone.now() - timedelta(days=days), False)
        assert list(SchoolInterest.objects.values_list("pk", flat=True)) == [new.pk]
