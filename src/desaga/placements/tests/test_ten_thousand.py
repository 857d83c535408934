"""Ten thousand applications listed with the queries of three; and the same form, sent twice, once."""

from __future__ import annotations

from time import perf_counter
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.models import User
from desaga.notifications.models import OutgoingMail
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..answering import parts
from ..models import Answer, Application, ApplicationEvent, Asking
from ..operations.hosts import add_place
from .factories import answers_for, link_to, make_applicant, make_application, make_scheme, what_is_typed, with_role

MANY = 10_000
#: Far over what a page takes (a tenth of it), so that a busy machine fails nothing: what grows with the rows would be over it.
LONGEST_SECONDS = 5


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def fill(scheme, number, actor, of=None):
    """So many that came in, of as many people or of one, at ten hosts, as rows."""
    now, organisation = timezone.now(), scheme.organisation
    with within(organisation, user=actor):
        version, round_ = scheme.versions.get(), scheme.rounds.get()
        places = [add_place(actor=actor, organisation=organisation, name=f"Host {uuid4().hex[:6]}", country="Norway") for _ in range(10)]  # fmt: skip
        applicant = (of or make_applicant(scheme)).person
        rows = [
            Application(
                organisation=organisation, scheme=scheme, version=version, round=round_, applicant=applicant, reference=f"T-{uuid4().hex[:12]}",
                state="received", email="ines@elsewhere.example", name=f"Ines {one}", title=f"Cryogenics {one}", employer="Farfield", host=places[one % 10].name,
                host_place=places[one % 10], asked=one % 900 + 100, begun_at=now, changed_at=now, received_at=now,
            )
            for one in range(number)
        ]  # fmt: skip
        for made in Application.objects.bulk_create(rows, batch_size=1000):
            assert made.pk


def measured(browser, address):
    browser.get(address)
    with CaptureQueriesContext(connection) as caught:
        answer = browser.get(address)
    assert answer.status_code == 200
    return len(caught), min(taken(browser, address) for _ in range(2))


def taken(browser, address):
    began = perf_counter()
    browser.get(address)
    return perf_counter() - began


def test_pages_of_ten_thousand_cost_what_pages_of_three_do(scheme, organisation, manager, client_of):
    slugs = [organisation.slug, scheme.slug]
    applicant, browser = make_applicant(scheme), client_of(manager)
    listed = reverse("placements:list_applications", args=slugs)
    pages = {
        "list": (browser, listed),
        "search": (browser, f"{listed}?q=cryogenics+ines&sort=asked&abroad=no"),
        "scheme": (browser, reverse("placements:show_scheme", args=slugs)),
        "schemes": (browser, reverse("placements:list_schemes", args=slugs[:1])),
        "directory": (browser, reverse("placements:list_host_places", args=slugs[:1])),
        "approvals": (browser, reverse("placements:list_approvals", args=slugs)),
        "own": (client_of(applicant), reverse("placements:list_own_applications")),
    }
    fill(scheme, 3, manager, of=applicant)
    few = {name: measured(*page)[0] for name, page in pages.items()}
    fill(scheme, MANY, manager, of=applicant)
    many = {name: measured(*page) for name, page in pages.items()}
    # A second page is linked from the first: that is no query more.
    assert {name: queries for name, (queries, _) in many.items()} == few
    assert {name: round(seconds, 1) for name, (_, seconds) in many.items() if seconds > LONGEST_SECONDS} == {}


# ---- The same form twice


def at(name, application, **more):
    ids = {"organisation_slug": application.organisation.slug, "scheme_slug": application.scheme.slug, "reference": application.reference}  # fmt: skip
    return reverse(f"placements:{name}", kwargs=ids | more)


def count(scheme, model, **told):
    with within(scheme.organisation):
        return model.objects.filter(**told).count()


def test_beginning_twice_with_one_press_begins_once(scheme, client_of):
    browser = client_of(make_applicant(scheme))
    address = reverse("placements:begin_application", args=[scheme.organisation.slug, scheme.slug])
    press = {"submission": str(uuid4())}
    first, second = (browser.post(address, press)["Location"] for _ in range(2))
    assert first == second
    assert count(scheme, Application) == 1


def test_each_form_of_an_application_sent_twice_is_once(scheme, client_of):
    application = make_application(scheme, costs=answers_for()["costs"])
    browser = client_of(User.objects.get(person=application.applicant_id))
    typed = what_is_typed(application)
    for part in parts(application.definition):
        page = browser.get(at("write_part", application, part=part.key))
        form = {f"mark_{one.question.key}": one.mark for one in page.context["asked"]}
        form |= flat(page.context["asked"], typed) | {"done": "yes", "page": str(uuid4())}
        answered = [browser.post(at("write_part", application, part=part.key), form) for _ in range(2)]
        assert [one.status_code for one in answered] == [302, 302], part.key
    stands = what_is_typed(application)
    assert {key: stands[key] for key in typed} == typed
    assert count(scheme, Answer) == len(stands)
    assert [browser.post(at("check_answers", application)).status_code for _ in range(2)] == [302, 302]
    assert count(scheme, ApplicationEvent, application=application, kind="send") == 1
    assert count(scheme, Asking, application=application) == 2
    mails = count_mails()
    key = {"key": link_to("mona.manager@farfield.example").rpartition("=")[2]}
    answer = key | {"name": "Mona Manager", "verdict": "approve", "working_days": "10"}
    path = reverse("placements:answer_asking", args=[scheme.organisation.slug])
    assert [client_of(None).post(path, answer).status_code for _ in range(2)] == [302, 302]
    assert count(scheme, ApplicationEvent, application=application, kind="approval_given") == 1
    assert count_mails() == mails + 1, "the applicant is told once"


def count_mails():
    from desaga.tenancy.context import within_platform

    with within_platform():
        return OutgoingMail.objects.count()


def flat(asked, typed):
    """What the page's fields hold, as a browser sends it."""
    sent = {}
    for one in asked:
        key, value = one.question.key, typed.get(one.question.key)
        if isinstance(value, dict):
            sent |= {f"{key}_{name}": words for name, words in value.items()}
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            sent[f"{key}_rows"] = str(len(value))
            sent |= {
                f"{key}_{number}_{name}": words for number, line in enumerate(value) for name, words in line.items()
            }
        elif value is True:
            sent[key] = "on"
        elif value is not None:
            sent[key] = value
    return sent


def test_withdrawing_and_copying_twice_is_once(scheme, client_of):
    application = make_application(scheme)
    browser = client_of(User.objects.get(person=application.applicant_id))
    for _ in range(2):
        browser.post(at("withdraw_application", application), {"words": ""})
    assert count(scheme, ApplicationEvent, application=application, kind="withdraw") == 1
    press = {"submission": str(uuid4())}
    copies = {browser.post(at("copy_application", application), press)["Location"] for _ in range(2)}
    assert len(copies) == 1
    assert count(scheme, Application) == 2
