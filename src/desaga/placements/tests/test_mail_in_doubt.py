"""Mail in doubt about an application: whoever must not know of it learns neither what it is called nor to whom it goes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.urls import reverse

from desaga.notifications.queries import doubtful_mail_for
from desaga.notifications.tests.factories import as_kept, left_in_doubt, make_doubtful_mail
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from .factories import letters as letters_to
from .factories import make_application, make_scheme, sent, with_role
from .panels import declared, eligible

MONA = "mona.manager@farfield.example"
PAGES = ("notifications:confirm_arrival", "notifications:send_again")
#: Calls that write mails about no application: to readers, about a panel; to hosts, about a place that they offer.
ABOUT_NONE = {"reading_mails.py", "hosting.py"}


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def told_of(user, organisation):
    with within(organisation, user=user):
        return [mail.pk for mail in doubtful_mail_for(user, organisation)]


@pytest.fixture
def doubtful(scheme, manager):
    """An application that came in, and the letter that asked for its approval in doubt."""
    application = eligible(scheme, actor=manager)
    return application, left_in_doubt(letters_to(MONA)[-1])


def test_a_mail_about_an_application_is_told_to_whom_may_know_of_it(organisation, manager, doubtful, client_of):
    application, mail = doubtful
    other = make_doubtful_mail(organisation)
    lead, officer = with_role(organisation, Role.LEAD, "Lea Lead"), with_role(organisation, Role.PROJECT_OFFICER, "Pat")
    torn, torn_lead = with_role(organisation, Role.SCHEME_MANAGER, "Tor Torn"), with_role(organisation, Role.LEAD, "Lu")
    for user in (torn, torn_lead):
        declared(application, user, "money", "A spin-out.")
    expected = {lead: [mail, other], officer: [other], torn: [], torn_lead: [other], manager: [mail]}
    for user, mails in expected.items():
        client, slug = client_of(user), organisation.slug
        assert told_of(user, organisation) == [one.pk for one in mails], user
        page = client.get(reverse("notifications:list_doubtful_mail", args=[slug])).text
        assert (MONA in page, mail.subject in page) == ((mail in mails),) * 2, user
        assert f'<span class="dsg-count">{len(mails)}</span>' in page
        waits = f"{len(mails)} e-mail{'' if len(mails) == 1 else 's'} in doubt"
        assert (waits in client.get(reverse("home:list_waiting")).text) == bool(mails), user
        for name in PAGES:
            answer = client.get(reverse(name, args=[slug, mail.pk]))
            assert answer.status_code == (200 if mail in mails else 404), (user, name)
            if mail not in mails:
                assert client.post(reverse(name, args=[slug, mail.pk])).status_code == 404, (user, name)
    assert as_kept(mail).sent_at is None


def test_while_it_waits_for_approval_those_who_run_the_scheme_settle_its_mails(organisation, scheme, manager):
    sent(make_application(scheme))
    mail = left_in_doubt(letters_to(MONA)[-1])
    assert told_of(manager, organisation) == [mail.pk]
    assert told_of(with_role(organisation, Role.PROJECT_OFFICER, "Pat"), organisation) == []


def test_of_a_draft_nobody_is_told(organisation, scheme, manager, settings):
    settings.EMAIL_BACKEND = "desaga.notifications.backend.QueuedMailBackend"
    draft = make_application(scheme)
    mail = left_in_doubt(letters_to(draft.email)[-1])
    assert (mail.about_kind, mail.about_id) == ("placements.application", draft.pk)
    for role in (Role.LEAD, Role.PROJECT_OFFICER, Role.SCHEME_MANAGER):
        assert told_of(with_role(organisation, role, "Lea Lead"), organisation) == []


def test_every_mail_of_a_scheme_says_what_it_is_about():
    folder = Path(__file__).parents[1]
    found = {}
    for path in sorted(folder.glob("**/*.py")):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("send_mail", "queue_mail"):
                found.setdefault(path.name, []).append(any(word.arg == "about" for word in node.keywords))
    assert len(found) > 5
    assert {name for name, about in found.items() if not all(about)} == ABOUT_NONE
