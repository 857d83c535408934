from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache

from desaga.consents.tests.factories import in_days, letters
from desaga.organisations.states import Role
from desaga.placements.offering import OfferedText
from desaga.tenancy.context import within
from desaga.ui.waiting import waiting_for

from .. import queries
from ..models import Contribution, OfferedStory, Story, StoryVersion
from ..operations import calls, offers
from ..private import delete_unconfirmed
from ..views import public
from .factories import anew, approved, make_story, published, with_consent

EMAIL = "cleo@elsewhere.example"


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def call(organisation, lead):
    told = {
        "title": "Who keeps it running?",
        "words": "Tell us.",
        "asks": ["what_i_do", "advice"],
        "until": in_days(30),
        "consent_until": in_days(400),
    }
    with within(organisation, user=lead):
        made = calls.start_call(actor=lead, organisation=organisation, **told)
        calls.open_call(actor=lead, call=made)
        return queries.call_or_404(made.pk)


FORM = {
    "name": "Cleo Marsh", "email": EMAIL, "job": "Instrument maker", "employer": "Elsewhere", "what_i_do": "I keep pumps alive.", "advice": "",
    "what": ["name", "quote"], "where": ["site"], "is_adult": "on",
}  # fmt: skip


def send(client, call, **changes):
    return client.post(f"/stories/northmoor/calls/{call.slug}/contribute/", FORM | {"submission": uuid4()} | changes)


def link():
    [key] = re.findall(r"/by-link/contribution/\?key=([\w-]+)", letters(EMAIL)[0].text)
    return "/stories/northmoor/by-link/contribution/", key


def contributions(organisation):
    with within(organisation):
        return list(Contribution.objects.select_related("consent", "story", "call__organisation"))


def test_from_a_call_to_a_draft_with_consent_in_one_journey(organisation, lead, call, shower, client, client_of):
    assert "Who keeps it running?" in client.get(f"/stories/northmoor/calls/{call.slug}/").text
    form = client.get(f"/stories/northmoor/calls/{call.slug}/contribute/").text
    assert "You keep the rights in your words and pictures" in form
    assert "checked" not in form
    assert f"An e-mail goes to {EMAIL}" in send(client, call).text
    editor = client_of(lead)
    assert "Who keeps it running?" in editor.get("/o/northmoor/stories/calls/").text
    assert "I keep pumps alive." not in editor.get(f"/o/northmoor/stories/calls/{call.pk}/").text
    path, key = link()
    assert "I keep pumps alive." in client.get(path, {"key": key}).text
    assert contributions(organisation)[0].state == "sent"
    assert client.post(path, {"key": key}).status_code == 302
    [one] = contributions(organisation)
    assert (one.state, one.consent.state, one.consent.what, one.consent.until) == (
        "confirmed",
        "given",
        ["name", "quote"],
        in_days(400),
    )
    assert "What you agreed to" in letters(EMAIL)[-1].subject
    assert "I keep pumps alive." in editor.get(f"/o/northmoor/stories/calls/{call.pk}/").text
    with within(organisation, user=lead):
        assert "Read what was sent to calls, 1 story" in [
            f"{line.verb} {line.thing}" for line in waiting_for(lead, organisation)
        ]
    assert editor.post(f"/o/northmoor/stories/calls/{call.pk}/contributions/{one.pk}/take/").status_code == 302
    with within(organisation):
        story = Story.objects.get()
    assert (story.name, story.what_i_do, story.source, story.consent_id) == (
        "Cleo Marsh",
        "I keep pumps alive.",
        "call",
        one.consent_id,
    )
    assert "I keep pumps alive." in story.source_words


def test_all_that_is_asked_for_today_stands_at_one_address(organisation, lead, call, client):
    told = client.get("/stories/northmoor/calls/").text
    assert f'href="/stories/northmoor/calls/{call.slug}/"' in told
    with within(organisation, user=lead):
        calls.close_call(actor=lead, call=call)
    assert client.get("/stories/northmoor/calls/").status_code == 404


def test_taking_it_back_removes_the_words_everywhere(organisation, lead, call, shower, client):
    send(client, call)
    path, key = link()
    client.post(path, {"key": key})
    with within(organisation, user=lead):
        story = calls.take_contribution(actor=lead, contribution=contributions(organisation)[0])
    client.post(path, {"key": key, "take_back": "yes"})
    [one] = contributions(organisation)
    story = anew(story)
    assert (one.state, one.answers, one.consent.state) == ("withdrawn", {}, "withdrawn")
    assert (story.what_i_do, story.source_words) == ("", "")
    assert "You have taken it back" in client.get(path, {"key": key}).text


def test_a_program_that_fills_in_everything_is_thanked_and_not_kept(organisation, call, client):
    assert "Look into your e-mail" in send(client, call, nickname="Buy pills").text
    assert (contributions(organisation), letters(EMAIL)) == ([], [])


def test_one_computer_and_one_address_get_so_much_and_no_more(organisation, call, client, monkeypatch):
    monkeypatch.setattr(public.ContributeView, "per_computer", "4/h")
    answers = [
        send(client, call, submission=f"00000000-0000-0000-0000-00000000000{number}").status_code for number in range(5)
    ]
    assert answers == [200, 200, 200, 200, 429]
    # What was typed stays.
    assert f'value="{EMAIL}"' in send(client, call).text
    assert len(letters(EMAIL)) == len(contributions(organisation)) == 3


def test_what_is_sent_twice_is_once(organisation, call, client):
    for _ in range(2):
        send(client, call, submission="00000000-0000-0000-0000-000000000001")
    assert len(letters(EMAIL)) == len(contributions(organisation)) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"what": []}, "what"),
        ({"where": []}, "where"),
        ({"is_adult": ""}, "is_adult"),
        ({"what_i_do": ""}, "what_i_do"),
        ({"email": "x"}, "email"),
    ],
)
def test_what_is_missing_is_said_and_nothing_kept(organisation, call, client, changes, field):
    answered = send(client, call, **changes)
    assert (answered.status_code, list(answered.context["form"].errors)) == (422, [field])
    assert contributions(organisation) == []


def test_a_call_that_is_not_open_is_nowhere(organisation, lead, call, client, client_of, other_organisation):
    assert client.get(f"/stories/southmere/calls/{call.slug}/").status_code == 404
    with within(organisation, user=lead):
        calls.close_call(actor=lead, call=call)
    addresses = [f"/stories/northmoor/calls/{call.slug}/", f"/stories/northmoor/calls/{call.slug}/contribute/"]
    assert [one.get(address).status_code for one in (client, client_of(lead)) for address in addresses] == [404] * 4


def test_what_nobody_confirms_is_deleted(organisation, call, client):
    send(client, call)
    [one] = contributions(organisation)
    with within(organisation):
        assert delete_unconfirmed(organisation, one.sent_at, False) == {"contributions that nobody confirmed": 0}
        assert delete_unconfirmed(organisation, call.made_at + timedelta(days=366), False) == {
            "contributions that nobody confirmed": 1
        }


def test_a_link_opens_one_contribution_of_one_organisation(organisation, other_organisation, call, client):
    send(client, call)
    path, key = link()
    assert client.post(path.replace("northmoor", "southmere"), {"key": key}).status_code == 404
    assert client.post(path, {"key": key[:-1]}).status_code == 404
    assert contributions(organisation)[0].state == "sent"


# ---- Offered after a placement


@pytest.fixture
def technician(member):
    return member(Role.TECHNICIAN)


def offered(organisation, technician, **changes):
    from django.utils import timezone

    told = {
        "source_key": "award:7", "name": "Ines Field", "email": "ines@elsewhere.example", "title": "Two weeks in the cold", "text": "I learnt to pour helium.",
        "host": "Southmere", "wish": "first_name", "version": 1, "consent_until": in_days(300),
    }  # fmt: skip
    offers.keep_offer(OfferedText(**(told | changes)), organisation, technician, timezone.now())
    with within(organisation):
        return OfferedStory.objects.get()


def test_an_offer_becomes_a_draft_with_its_source(organisation, lead, technician, shower, client_of):
    offer = offered(organisation, technician)
    editor = client_of(lead)
    assert "Two weeks in the cold" in editor.get("/o/northmoor/stories/").text
    assert "I learnt to pour helium." in editor.get(f"/o/northmoor/stories/offers/{offer.pk}/").text
    assert editor.post(f"/o/northmoor/stories/offers/{offer.pk}/take/").status_code == 302
    with within(organisation):
        story = Story.objects.get()
    assert (story.name, story.person_id, story.source_words) == (
        "Ines",
        technician.person_id,
        "I learnt to pour helium.",
    )
    assert editor.get(f"/o/northmoor/stories/offers/{offer.pk}/").status_code == 404


def test_an_offer_taken_back_takes_down_what_was_made_of_it(organisation, lead, technician, shower):
    from django.utils import timezone

    from ..operations import publishing

    offer = offered(organisation, technician)
    with within(organisation, user=lead):
        story = offers.take_offer(actor=lead, offer=offer)
        type(story).objects.filter(pk=story.pk).update(job="Cryogenics technician")
    story = approved(with_consent(anew(story), actor=lead), actor=lead)
    with within(organisation, user=lead):
        publishing.hand_in(actor=lead, story=story)
        publishing.publish(actor=lead, story=story)
    assert list(shower.shown) == [story.pk]
    offers.drop_offers("award:7", technician, timezone.now())
    story = anew(story)
    assert (story.state, story.what_i_do, story.consent.state, shower.shown) == ("taken_down", "", "withdrawn", {})
    with within(organisation):
        assert (OfferedStory.objects.count(), StoryVersion.objects.count()) == (0, 0)


def test_nobody_else_takes_an_offer_back(organisation, member, technician):
    from django.utils import timezone

    offered(organisation, technician)
    offers.drop_offers("award:7", member(Role.TECHNICIAN), timezone.now())
    with within(organisation):
        assert OfferedStory.objects.count() == 1


def test_words_are_removed_for_good_but_not_of_what_is_shown(organisation, lead, shower, client_of):
    shown, draft = (
        published(organisation, actor=lead),
        make_story(organisation, actor=lead, name="Bo", email="b@b.example"),
    )
    client = client_of(lead)
    client.post(f"/o/northmoor/stories/{shown.pk}/erase/")
    client.post(f"/o/northmoor/stories/{draft.pk}/erase/")
    assert (anew(shown).what_i_do, anew(draft).what_i_do) == ("I blow vessels for chemists.", "")
    with within(organisation):
        assert queries.pictures_of(draft).count() == 0


def test_fields_are_the_organisations_own(organisation, lead, shower, client_of):
    client, story = client_of(lead), make_story(organisation, actor=lead)
    assert client.post("/o/northmoor/stories/fields/", {"name": "Glass"}).status_code == 302
    assert "There is such a field already" in client.post("/o/northmoor/stories/fields/", {"name": "glass"}).text
    with within(organisation):
        tag = next(one for one in queries.fields_kept() if one.key == "workshops-and-making")
    client.post(f"/o/northmoor/stories/fields/{tag.pk}/retire/")
    with within(organisation):
        assert dict(queries.field_choices())["glass"] == "Glass"
        assert "workshops-and-making" not in dict(queries.field_choices())
        assert queries.field_names(story.fields) == ["Workshops and making"]


def test_the_lists_ask_as_often_for_three_as_for_one(organisation, lead, call, client, client_of, query_count):
    editor, address = client_of(lead), f"/o/northmoor/stories/calls/{call.pk}/"
    for number in range(3):
        send(client, call, email=EMAIL, submission=f"00000000-0000-0000-0000-00000000000{number}")
        found = [one for one in contributions(organisation) if one.state == "sent"]
        with within(organisation):
            calls.confirm_contribution(contribution=found[0])
        editor.get(address)
        if number != 1:
            with query_count(15):
                assert len(editor.get(address).context["rows"]) == number + 1


def test_a_technician_offers_it_to_whom_they_tick_and_to_nobody_else(organisation, other_organisation, shower):
    from desaga.placements.operations import sharing
    from desaga.placements.tests.awarding import agreed, applicant_of, reported
    from desaga.placements.tests.factories import make_scheme, with_role
    from desaga.placements.tests.test_award_uses import employed

    manager = with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")
    award = agreed(make_scheme(organisation, actor=manager), actor=manager)
    reported(award)
    story = {"title": "Two weeks", "text": "I learnt much.", "wish": "named", "consent_until": in_days(300)}
    user = applicant_of(award)
    with within(organisation, user=user), pytest.raises(sharing.NotThere):
        sharing.offer_story(award=award, actor=user, employers=[other_organisation], **story)
    user = employed(award, other_organisation)

    def held():
        found = []
        for one in (organisation, other_organisation):
            with within(one):
                found.append(OfferedStory.objects.count())
        return found

    with within(organisation, user=user):
        sharing.offer_story(award=award, actor=user, **story)
        assert held() == [1, 0]
        sharing.offer_story(award=award, actor=user, employers=[other_organisation], **story)
        assert held() == [1, 1]
        sharing.withdraw_story(award=award, actor=user)
    assert held() == [0, 0]


def test_the_list_of_calls_asks_as_often_for_three_as_for_one(organisation, lead, call, client_of, query_count):
    editor, address = client_of(lead), "/o/northmoor/stories/calls/"
    told = {"words": "Tell us.", "asks": ["advice"], "until": in_days(30), "consent_until": in_days(400)}
    editor.get(address)
    with query_count(14):
        editor.get(address)
    with within(organisation, user=lead):
        for title in ("B", "C"):
            calls.start_call(actor=lead, organisation=organisation, title=title, **told)
    with query_count(14):
        assert [one.title for one in editor.get(address).context["rows"]] == ["C", "B", "Who keeps it running?"]
