"""What came of awards: counted with nobody to be singled out, taken out, and asked once more by the technician."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Outcome
from ..queries.came_of_it import counted, outcomes_in
from .awarding import agreed, applicant_of, letters_to
from .factories import make_scheme, with_role
from .panels import declared


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def asked(award, answer=None):
    now = timezone.now()
    told = {"answers": {"using": answer, "example": "A pump, mended."}, "answered_at": now} if answer else {}
    with within(award.application.organisation):
        return Outcome.objects.create(
            organisation=award.application.organisation, award=award, key="half_a_year", asked_at=now, **told
        )


def test_answers_are_counted_hidden_where_few_and_taken_out(client, scheme, manager):
    organisation = scheme.organisation
    one, other = agreed(scheme, actor=manager), agreed(scheme, actor=manager)
    asked(one, "often")
    asked(other)
    with within(organisation, user=manager):
        (follow,) = counted(outcomes_in(manager, organisation, scheme))
        assert (follow.title, follow.asked, follow.answered) == ("After half a year", 2, 1)
        (question,) = follow.questions
        assert question.label == "Do you use what you learnt?"
        # One person is no figure.
        assert "1" not in [seen for _, seen, _ in question.rows]
    client.force_login(manager)
    args = [organisation.slug, scheme.slug]
    page = client.get(reverse("placements:list_outcomes", args=args)).content.decode()
    assert "2 asked, 1 answered." in page
    file = client.get(reverse("placements:take_outcomes_out", args=[*args, "csv"])).content.decode()
    assert "A pump, mended." in file
    assert other.application.reference in file
    torn = with_role(organisation, Role.SCHEME_MANAGER, "Tor Torn")
    declared(one.application, torn, "money", "A spin-out.")
    client.force_login(torn)
    file = client.get(reverse("placements:take_outcomes_out", args=[*args, "csv"])).content.decode()
    assert one.application.reference not in file


def test_the_page_costs_the_same_for_one_and_for_three(client, scheme, manager):
    client.force_login(manager)
    url = reverse("placements:list_outcomes", args=[scheme.organisation.slug, scheme.slug])
    costs = []
    for more in (1, 2):
        for _ in range(more):
            asked(agreed(scheme, actor=manager), "often")
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        costs.append(len(queries))
    assert costs[0] == costs[1], costs


def test_whoever_was_asked_has_the_questions_sent_again(client, scheme, manager):
    award = agreed(scheme, actor=manager)
    asked(award)
    client.force_login(applicant_of(award))
    assert "Send me the questions again" in client.get(award.application.get_absolute_url()).content.decode()
    application = award.application
    args = [application.organisation.slug, scheme.slug, application.reference]
    client.post(reverse("placements:send_outcome_again", args=[*args, "half_a_year"]))
    assert letters_to(application.email)[-1].subject.startswith("What came of your")
    before = len(letters_to(application.email))
    client.post(reverse("placements:send_outcome_again", args=[*args, "a_year"]))
    assert len(letters_to(application.email)) == before
