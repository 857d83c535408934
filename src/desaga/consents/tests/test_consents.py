from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from .. import queries, uses
from ..models import Wording
from ..operations import answering, asking, gate
from ..operations.asking import Guardian, Shown
from ..operations.mails import WroteEnough
from ..states import ENDED, TRANSITIONS, By, ConsentState, Said, What, Where, settle
from ..tasks import end_consents
from ..wording import digest_of
from .factories import GUARDIAN, anew, give_consent, given_consent, in_days, letters, make_consent, page

SAID = st.builds(
    Said,
    what=st.frozensets(st.sampled_from(What.values)),
    where=st.frozensets(st.sampled_from(Where.values)),
)


@given(answers=st.dictionaries(st.sampled_from([str(by) for by in By]), SAID), is_under_18=st.booleans())
def test_nothing_is_given_that_somebody_did_not_say(answers, is_under_18):
    settled = settle(answers, is_under_18=is_under_18)
    needed = {"person", "guardian"} if is_under_18 else {"person"}
    heard = [answers[by] for by in needed if by in answers]
    if settled.deed == "give":
        assert set(answers) >= needed
        assert settled.what
        assert settled.where
        assert all(said.what >= set(settled.what) and said.where >= set(settled.where) for said in heard)
    elif settled.deed == "refuse":
        assert heard
        assert not settled.what
    else:
        assert len(heard) < len(needed)
        assert all(said.is_yes for said in heard)


@given(deeds=st.lists(st.sampled_from(sorted(TRANSITIONS)), max_size=8))
def test_what_has_ended_never_comes_back(deeds):
    state, has_ended = ConsentState.ASKED, False
    for deed in deeds:
        if state in TRANSITIONS[deed].sources:
            assert not has_ended
            state = TRANSITIONS[deed].target
        has_ended = has_ended or state in ENDED
    assert has_ended == (state in ENDED)


@pytest.fixture
def told(monkeypatch):
    """What listeners were told, in order; and one use that can be taken down, one that cannot."""
    heard = []
    for name in ("_sources", "_on_end", "_on_replace"):
        monkeypatch.setattr(uses, name, [])
    uses.register(
        lambda consent: [
            uses.Use(kind="Story", title="Meet Ada"),
            uses.Use(kind="Poster", title="A3", may_be_taken_down=False),
        ]
    )
    uses.listen(on_end=lambda consent, because: heard.append((because, consent.state)))
    uses.listen(on_replace=lambda former, new: heard.append(("replaced", new.pk)))
    return heard


def test_who_is_asked_says_yes_to_less_and_no_more_is_given(organisation, member):
    consent = give_consent(make_consent(organisation, actor=member(Role.LEAD)), ["name", "quote"], ["site"])
    assert (consent.state, consent.what, consent.where) == ("given", ["name", "quote"], ["site"])
    assert [mail.subject for mail in letters("ada@quill.example")] == [
        "May we show you? Northmoor University",
        "What you agreed to, and how to take it back: Northmoor University",
    ]


def test_what_was_not_asked_is_not_given_though_it_is_sent(organisation):
    consent = make_consent(organisation, what=["name"], where=["site"])
    consent = give_consent(consent, What.values, Where.values)
    assert (consent.what, consent.where) == (["name"], ["site"])


def test_a_young_person_and_their_guardian_must_both_agree(organisation):
    consent = make_consent(organisation, is_under_18=True, until=in_days(300))
    now = timezone.now()
    with within(organisation):
        heard = answering.hear(
            consent=consent, by=By.GUARDIAN, name="Orla", what=["name", "image"], where=["site", "print"], now=now
        )
        assert heard.state == ConsentState.ASKED
        assert queries.who_waits(heard) == [By.PERSON]
        heard = answering.hear(
            consent=consent, by=By.PERSON, name="Ada", what=["name", "quote"], where=["site"], now=now
        )
    assert (heard.state, heard.what, heard.where) == ("given", ["name"], ["site"])
    assert len(letters(GUARDIAN)) == 2


def test_the_young_persons_own_no_is_a_no(organisation):
    consent = make_consent(organisation, is_under_18=True)
    now = timezone.now()
    with within(organisation):
        answering.hear(consent=consent, by=By.GUARDIAN, name="Orla", what=["name"], where=["site"], now=now)
        heard = answering.hear(consent=consent, by=By.PERSON, name="Ada", what=[], where=[], now=now)
    assert heard.state == ConsentState.REFUSED


def test_withdrawing_takes_down_at_once_and_says_what_stays(organisation, member, told):
    lead = member(Role.LEAD)
    consent = given_consent(organisation, actor=lead)
    with within(organisation):
        ended, stays = answering.withdraw_consent(consent=consent)
    assert told == [("withdrawn", "withdrawn")]
    assert [use.title for use in stays] == ["A3"]
    assert ended.ended_at is not None
    assert "A3 (sent or printed: cannot be called back)" in letters(lead.email)[-1].text
    with within(organisation), pytest.raises(gate.NotNow):
        answering.withdraw_consent(consent=ended)


def test_a_listener_that_fails_leaves_the_consent_as_it_was(organisation, told):
    consent = given_consent(organisation)

    def break_down(consent, because):
        raise RuntimeError("the page could not be taken down")

    uses.listen(on_end=break_down)
    with within(organisation), pytest.raises(RuntimeError):
        answering.withdraw_consent(consent=consent)
    assert anew(consent).state == ConsentState.GIVEN


def test_the_night_ends_what_is_over_and_tells_once_what_ends_soon(organisation, member, told):
    lead = member(Role.LEAD)
    soon, over = (given_consent(organisation, actor=lead, until=in_days(days)) for days in (30, 31))
    with within(organisation):
        type(over).objects.filter(pk=over.pk).update(until=in_days(-1))
    for _ in range(2):
        end_consents(organisation=organisation, actor=None)
    assert (anew(soon).state, anew(over).state) == ("given", "expired")
    assert told == [("expired", "expired")]
    subjects = [mail.subject for mail in letters(lead.email)]
    assert sum(subject.startswith("A consent ends on") for subject in subjects) == 1
    assert sum(subject.startswith("A consent has run out") for subject in subjects) == 1


def test_whoever_comes_of_age_is_asked_alone(organisation, member, told):
    consent = given_consent(organisation, actor=member(Role.LEAD), is_under_18=True, until=in_days(300))
    with within(organisation):
        type(consent).objects.filter(pk=consent.pk).update(until=in_days(-1), under_18_until=in_days(-1))
        answering.expire_consent(consent=queries.consent_or_404(consent.pk))
        new = queries.renewed_by(consent)
    assert (new.state, new.is_under_18, new.guardian_email) == ("asked", False, "")


def test_a_renewal_leaves_the_former_until_it_is_given(organisation, member, told):
    lead = member(Role.LEAD)
    former = given_consent(organisation, actor=lead)
    with within(organisation, user=lead):
        new = asking.renew_consent(actor=lead, consent=former, until=in_days(700))
    assert anew(former).state == ConsentState.GIVEN
    give_consent(new)
    assert (anew(former).state, anew(new).state) == ("replaced", "given")
    assert told == [("replaced", new.pk)]
    with within(organisation), pytest.raises(gate.NotNow):
        asking.renew_consent(actor=None, consent=anew(former), until=in_days(700))


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"what": []}, asking.NothingAsked),
        ({"where": []}, asking.NothingAsked),
        ({"until": in_days(0)}, asking.EndsAtNoGoodDay),
        ({"until": in_days(6 * 366)}, asking.EndsAtNoGoodDay),
        ({"is_under_18": True, "email": GUARDIAN}, asking.GuardianIsAnother),
        ({"is_under_18": True, "until": in_days(701)}, asking.EndsAfterTheyComeOfAge),
    ],
)
def test_what_cannot_be_asked_is_refused(organisation, fields, refusal):
    with pytest.raises(refusal):
        make_consent(organisation, **fields)


def test_a_guardian_without_a_name_is_refused():
    shown = Shown(
        name="Ada", email="ada@quill.example", guardian=Guardian(name=" ", email=GUARDIAN, until=in_days(100))
    )
    with pytest.raises(asking.NeedsGuardian):
        asking.refuse_what_cannot_be_asked(shown, ["name"], ["site"], in_days(50), in_days(0))


def test_new_words_are_a_new_version_and_who_was_asked_keeps_the_former(organisation, member):
    lead = member(Role.LEAD)
    before = make_consent(organisation, actor=lead)
    with within(organisation, user=lead):
        assert asking.write_wording(actor=lead, organisation=organisation, text=before.wording.text).number == 1
        asking.write_wording(actor=lead, organisation=organisation, text="We ask in other words.")
    after = make_consent(organisation, actor=lead)
    assert (before.wording.number, after.wording.number) == (1, 2)
    assert anew(before).wording_digest == before.wording.digest != after.wording_digest


def test_people_are_told_that_the_national_site_shows_them_too(organisation, client):
    """It lists the stories of all who take part: whoever says yes to a site says yes to that, and reads so before."""
    read = client.get(page(make_consent(organisation))).text
    assert "On our public site and on the national one" in read
    assert "the national site about technicians" in read


def test_other_shipped_words_are_a_version_of_their_own_and_those_of_an_organisation_stay(organisation, member):
    former = {"organisation": organisation, "number": 1, "text": "As it was shipped before.", "digest": digest_of("As it was")}  # fmt: skip
    with within(organisation):
        Wording.objects.create(**former)
    consent = make_consent(organisation)
    assert (consent.wording.number, "national site" in consent.wording.text) == (2, True)
    assert make_consent(organisation).wording == consent.wording
    lead = member(Role.LEAD)
    with within(organisation, user=lead):
        asking.write_wording(actor=lead, organisation=organisation, text="We ask in other words.")
    assert make_consent(organisation).wording.text == "We ask in other words."


def test_nobody_is_drowned_in_mails(organisation):
    consent = make_consent(organisation)
    with within(organisation):
        for _ in range(2):
            asking.ask_again(actor=None, consent=consent)
        with pytest.raises(WroteEnough):
            asking.ask_again(actor=None, consent=consent)
        asking.ask_again(actor=None, consent=consent, now=timezone.now() + timedelta(days=2))
