"""Changes that are wanted before somebody approves, and deputies who stand in for a span of time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.models import User
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..approving import AskingState
from ..models import Application, Asking, StandingDeputy
from ..operations import applications, deciding, standing_deputies
from ..operations.asking_changes import ask_for_changes
from ..operations.asking_chase import note_lost_mail
from ..queries.applications import typed, words_of_changes
from ..queries.asking import key_opened
from .factories import answered, asking_of, letters, link_to, make_application, make_scheme, sent, with_role

MONA, BEA = "mona.manager@farfield.example", "bea.deputy@farfield.example"


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def done(application):
    with within(application.organisation):
        for part in ("about_you", "placement", "abroad_checks", "money", "support", "people_to_ask"):
            applications.say_done(actor=None, application=application, part=part, done=True)
    return application


def again(application):
    with within(application.organisation):
        return Application.objects.get(pk=application.pk)


def test_somebody_wants_parts_changed_first_and_is_asked_again(scheme):
    application = sent(done(make_application(scheme)))
    answered(application, "host", fields={"supervisor": "Hugo Host"})
    answered(application, "line_manager", "want_changes", words="Say who runs the lab.", parts=("placement", "money"))
    draft = again(application)
    assert (draft.state, draft.open_sections) == ("draft", ["placement", "money"])
    assert set(draft.done_sections) == {"about_you", "abroad_checks", "support", "people_to_ask"}, (
        "all else stays complete"
    )
    with within(scheme.organisation):
        assert words_of_changes(draft) == "Mona Manager: The placement, What it costs: Say who runs the lab."
        events = list(draft.events.filter(for_applicant=True).values_list("kind", "words"))
        assert ("approval_changes", "The placement, What it costs: Say who runs the lab.") in events
        mail = letters(application.email)[-1]
        assert "change something first" in mail.subject
        assert "Say who runs the lab." in mail.text
        answers = {**typed(draft), "use_for_team": "Bea runs the lab meanwhile."}
        applications.save_answers(actor=None, application=draft, answers=answers)
        anew = applications.send(actor=None, application=draft)
        assert (anew.state, anew.open_sections) == ("with_approvers", [])
    assert asking_of(application, "line_manager").state == AskingState.ASKED
    assert asking_of(application, "host").state == AskingState.GIVEN, "nothing changed that concerns the host"
    with within(scheme.organisation):
        states = set(Asking.objects.filter(application=application, key="line_manager").values_list("state", flat=True))
        assert states == {AskingState.REPLACED, AskingState.ASKED}


def test_of_what_came_in_once_only_the_named_parts_open(scheme, manager):
    application = sent(make_application(scheme))
    answered(application, "host", fields={"supervisor": "Hugo"})
    answered(application, "line_manager")
    with within(scheme.organisation, user=manager):
        asked = ask_for_changes(actor=manager, application=again(application), open_parts=["placement"], words="Dates.")
        later = (timezone.localdate() + timedelta(days=140)).strftime("%d %m %Y").split()
        days = dict(zip(("day", "month", "year"), later, strict=True))
        applications.save_answers(actor=None, application=asked, answers={"ends_on": days})
        applications.send(actor=None, application=asked)
    answered(application, "line_manager", "want_changes", words="Too dear.", parts=("money",))
    back = again(application)
    assert (back.state, back.open_sections) == ("changes_asked", ["placement", "money", "people_to_ask"])


@pytest.mark.parametrize(
    ("key", "named"), [("line_manager", ()), ("line_manager", ("people_to_ask",)), ("host", ("money",))]
)
def test_parts_must_be_named_and_be_among_those_that_are_read(scheme, key, named):
    application = sent(make_application(scheme))
    with pytest.raises(deciding.WhichParts):
        answered(application, key, "want_changes", words="Hm.", parts=named)
    assert again(application).state == "with_approvers"


def test_the_page_behind_the_link_takes_it(scheme, client_of):
    application = sent(make_application(scheme))
    browser, address = client_of(None), link_to(MONA)
    key = {"key": address.rpartition("=")[2]}
    page = browser.get(address).text
    assert "Change something first" in page
    assert "How the work is covered meanwhile" in page
    bad = browser.post(address, key | {"name": "Mona Manager", "verdict": "want_changes"})
    assert bad.status_code == 422
    assert "Choose at least one part." in bad.text
    told = {"name": "Mona Manager", "verdict": "want_changes", "change_parts": ["money"], "change_words": "Cheaper."}
    browser.post(address, key | told)
    assert again(application).state == "draft"
    applicant = client_of(User.objects.get(person=application.applicant_id))
    page = applicant.get(application.get_absolute_url()).text
    assert "What is to be changed" in page
    assert "What it costs: Cheaper." in page


# ---- Deputies


def leave(application, *, also_later=True, until=60, email=BEA):
    asking = asking_of(application, "line_manager")
    with within(application.organisation):
        link = key_opened(application.organisation, link_to(asking.deputy_email or asking.email).rpartition("=")[2])
        return deciding.leave_deputy(
            asking=asking, name="Bea Deputy", email=email, until=timezone.localdate() + timedelta(days=until), link=link, also_later=also_later
        )  # fmt: skip


def test_a_deputy_stands_in_for_what_is_asked_later(scheme):
    leave(sent(make_application(scheme)))
    later = sent(make_application(scheme))
    asking = asking_of(later, "line_manager")
    assert (asking.email, asking.deputy_email, asking.has_deputy) == (MONA, BEA, True)
    mail = letters(BEA)[-1]
    assert "Mona Manager has asked you to answer for them until" in mail.text
    assert [one for one in letters(MONA) if later.reference in one.text] == []
    with within(scheme.organisation):
        link = key_opened(scheme.organisation, link_to(BEA).rpartition("=")[2])
        deciding.answer(asking=asking, said=deciding.Said("approve", "Bea Deputy"), link=link)
    assert asking_of(later, "line_manager").acting_for == "Mona Manager"
    with within(scheme.organisation):
        assert later.events.filter(kind="deputy_left", for_applicant=True).exists(), "the applicant reads who answers"


def test_only_for_this_one_where_it_is_not_ticked(scheme):
    leave(sent(make_application(scheme)), also_later=False)
    assert asking_of(sent(make_application(scheme)), "line_manager").deputy_email == ""


def test_a_deputy_never_stands_in_for_their_own_application_nor_as_two(scheme):
    leave(sent(make_application(scheme)))
    own = make_application(scheme)
    with within(scheme.organisation):
        Application.objects.filter(pk=own.pk).update(email=BEA)
    asking = asking_of(sent(again(own)), "line_manager")
    assert (asking.deputy_email, letters(MONA)[-1].subject.startswith("Do you approve")) == ("", True)
    twice = sent(make_application(scheme, ask_host={"name": "Bea Deputy", "email": BEA}))
    assert asking_of(twice, "line_manager").deputy_email == ""


def test_it_ends_on_its_day_by_another_by_hand_and_where_the_mail_comes_back(scheme, client_of):
    first = sent(make_application(scheme))
    leave(first)
    mail = next(one for one in letters(MONA) if "/by-link/deputy/?key=" in one.text)
    address = next(word for word in mail.text.split() if "/deputy/?key=" in word)
    path = address[address.index("/placements/") :]
    browser = client_of(None)
    assert "Bea Deputy answers for you" in browser.get(path).text
    with within(scheme.organisation):
        assert StandingDeputy.objects.filter(ended_at=None).count() == 1, "opening it writes nothing"
    browser.post(path, {"key": path.rpartition("=")[2]})
    assert "Nobody answers for you" in browser.get(path).text
    assert asking_of(sent(make_application(scheme)), "line_manager").deputy_email == ""
    assert (
        browser.get(reverse("placements:end_deputy", args=[scheme.organisation.slug]), {"key": "x"}).status_code == 404
    )

    second = sent(make_application(scheme, ask_line_manager={"name": "Mo", "email": "mo@farfield.example"}))
    leave(second, email="al@farfield.example")
    with within(scheme.organisation):
        deputy = StandingDeputy.objects.get(ended_at=None)
        link = asking_of(second, "line_manager").keys.filter(for_deputy=True).get()
        note_lost_mail(link=link, now=timezone.now())
        deputy.refresh_from_db()
        assert deputy.ended_at is not None
        with pytest.raises(standing_deputies.EndedAlready):
            standing_deputies.end_deputy(deputy=deputy)
        StandingDeputy.objects.update(ended_at=None, until=timezone.localdate() - timedelta(days=1))
        assert (
            standing_deputies.hand_to_deputy(asking_of(second, "line_manager"), actor=None, now=timezone.now())[1] == ""
        )
        assert standing_deputies.forget_ended(now=timezone.now()) == 0
        assert standing_deputies.forget_ended(now=timezone.now() + timedelta(days=200)) == 2


def test_one_deputy_at_a_time(scheme):
    leave(sent(make_application(scheme)))
    other = sent(make_application(scheme, ask_line_manager={"name": "Mona", "email": MONA.upper()}))
    assert asking_of(other, "line_manager").deputy_email == BEA, "whatever the case of the address"
    with within(scheme.organisation):
        asking = asking_of(other, "line_manager")
        standing_deputies.stand_in(asking, name="Cy", email="cy@farfield.example", until=timezone.localdate(), now=timezone.now())  # fmt: skip
        assert [one.deputy_name for one in StandingDeputy.objects.filter(ended_at=None)] == ["Cy"]
