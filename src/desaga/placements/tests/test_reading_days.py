"""By when readers score: told once, reminded once before and once after, seen by staff who is late, and what lacks readers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.models import RoleAssignment
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Assignment, PanelMember, ReadingLetter, Round
from ..operations import assigning, conflicts, reading_mails, scoring
from ..queries.readers import lost_readings, untold_before
from ..reading_days import ReadingLetterKind, reminder_due
from ..tasks import remind_readers, tell_readers
from .factories import letters, make_scheme, with_role
from .panels import declared, eligible, given, make_member, scored

DAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        (date(2026, 3, 6), None),
        (date(2026, 3, 7), ReadingLetterKind.SOON),
        (DAY, ReadingLetterKind.SOON),
        (date(2026, 3, 11), ReadingLetterKind.LATE),
    ],
)
def test_which_reminder_holds_on_a_day(today, kind):
    assert reminder_due(DAY, today) == kind


@pytest.mark.parametrize(
    ("said", "by"),
    [(None, date(2026, 3, 13)), (date(2026, 3, 16), date(2026, 3, 16)), (date(2026, 2, 1), date(2026, 3, 1)), (date(2026, 4, 1), date(2026, 3, 20))],
)  # fmt: skip
def test_scores_are_due_a_week_before_the_meeting_unless_said_and_never_outside(said, by):
    assert Round(cut_off_on=date(2026, 3, 1), meets_on=date(2026, 3, 20), score_by=said).scores_by == by


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


@pytest.fixture
def panel(scheme, manager):
    """A reader with two readings, and the round."""
    user, member = make_member(scheme, actor=manager)
    readings = [given(eligible(scheme, actor=manager), member, actor=manager) for _ in range(2)]
    with within(scheme.organisation):
        return user, member, readings, Round.objects.select_related("scheme__organisation").get(scheme=scheme)


def told(panel, minutes=11):
    with within(panel[3].organisation):
        Assignment.objects.update(made_at=timezone.now() - timedelta(minutes=minutes))
    tell_readers.run(organisation_id=panel[3].organisation_id, actor_id=None)


def reminded(panel, today):
    with within(panel[3].organisation):
        return reading_mails.remind_readers(round_=panel[3], today=today)


def test_several_readings_make_one_mail_that_names_no_application(panel):
    user, _, readings, round_ = panel
    told(panel, minutes=5)
    assert letters(user.email) == []
    told(panel)
    told(panel)
    (mail,) = letters(user.email)
    assert "2 applications" in mail.text
    assert f"{round_.scores_by:%A} {round_.scores_by.day} {round_.scores_by:%B %Y}" in mail.text
    for hidden in ("Cryogenics", "Ines Field", readings[0].application.reference):
        assert hidden not in mail.text + mail.subject
    with within(round_.organisation):
        assert untold_before(timezone.now()) == []
        assert ReadingLetter.objects.get().mail_id == mail.pk


def test_what_was_taken_away_at_once_or_stands_in_the_way_makes_no_mail(panel, manager, scheme):
    user, _, readings, _ = panel
    with within(scheme.organisation, user=manager):
        assigning.take_away(actor=manager, assignment=readings[0])
        conflicts.note_conflict(actor=manager, application=readings[1].application, person=user.person, kind="other", words="Ours")  # fmt: skip
    told(panel)
    assert letters(user.email) == []


def test_one_reminder_before_the_day_and_one_after_it(panel):
    user, _, _, round_ = panel
    told(panel)
    by = round_.scores_by
    days = [by - timedelta(days=4), by - timedelta(days=3), by, by + timedelta(days=1), by + timedelta(days=2)]
    assert [reminded(panel, day) for day in days] == [0, 1, 0, 1, 0]
    subjects = [mail.subject for mail in letters(user.email)]
    assert [one.split(" ")[0:2] for one in subjects] == [["To", "read"], ["Scores", "are"], ["Scores", "were"]]
    assert all("Cryogenics" not in mail.text for mail in letters(user.email))


def test_who_has_scored_abstained_or_left_is_not_reminded(panel, scheme, manager):
    user, member, readings, round_ = panel
    told(panel)
    for one in readings:
        declared(one.application, user)
    scored(readings[0], user)
    with within(scheme.organisation, user=user):
        scoring.abstain(actor=user, assignment=readings[1], because="Not my field.")
    assert reminded(panel, round_.scores_by) == 0
    with within(scheme.organisation):
        Assignment.objects.filter(pk=readings[1].pk).update(abstained_at=None)
        PanelMember.objects.filter(pk=member.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert reminded(panel, round_.scores_by) == 0
    with within(scheme.organisation):
        PanelMember.objects.filter(pk=member.pk).update(ends_on=None)
    assert reminded(panel, round_.scores_by) == 1


def test_another_day_is_called_to_mind_anew_and_stays_within_cut_off_and_meeting(panel, scheme, manager):
    _, _, _, round_ = panel
    told(panel)
    assert reminded(panel, round_.scores_by) == 1
    with within(scheme.organisation, user=manager):
        later = reading_mails.set_score_by(actor=manager, round_=round_, score_by=round_.meets_on)
        assert later.scores_by == round_.meets_on
        with pytest.raises(reading_mails.DayOutside):
            reading_mails.set_score_by(actor=manager, round_=round_, score_by=round_.meets_on + timedelta(days=1))
        assert reading_mails.remind_readers(round_=later, today=later.scores_by) == 1
    remind_readers.run(organisation_id=scheme.organisation_id, actor_id=None)
    with within(scheme.organisation):
        assert ReadingLetter.objects.filter(round=round_).exclude(kind="given").count() == 2


def test_staff_see_who_is_late_and_write_to_them_once_a_day(panel, scheme, manager, client):
    user, member, _, round_ = panel
    with within(scheme.organisation):
        today = timezone.localdate()
        Round.objects.filter(pk=round_.pk).update(cut_off_on=today - timedelta(days=5), score_by=today - timedelta(days=1), meets_on=today + timedelta(days=3))  # fmt: skip
    client.force_login(manager)
    assert "1 reader who is late" in client.get(reverse("home:list_waiting")).content.decode()
    at = [scheme.organisation.slug, scheme.slug, round_.pk]
    page = client.get(reverse("placements:show_readers", args=at)).content.decode()
    assert ">Late<" in page
    write = reverse("placements:write_to_reader", args=[*at, member.pk])
    client.post(write)
    client.post(write)
    assert len(letters(user.email)) == 1
    client.post(reverse("placements:set_score_by", args=at), {"score_by_day": today.day, "score_by_month": today.month, "score_by_year": today.year})  # fmt: skip
    page = client.get(reverse("placements:show_readers", args=at)).content.decode()
    assert ">Late<" not in page


def test_a_reader_who_steps_back_leaves_or_loses_the_role_is_lost_and_seen(
    panel, scheme, manager, client, organisation
):
    user, _, readings, round_ = panel
    other, seat = make_member(scheme, actor=manager, name="Olive Other")
    third, third_seat = make_member(scheme, actor=manager, name="Theo Third")
    finished = given(readings[0].application, seat, actor=manager)
    declared(readings[0].application, other)
    scored(finished, other)
    open_one = given(readings[1].application, third_seat, actor=manager)
    declared(readings[0].application, user)
    with within(organisation, user=user):
        scoring.recuse(actor=user, assignment=readings[0], kind="personal", words="A friend")
    with within(organisation):
        PanelMember.objects.filter(pk=seat.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
        RoleAssignment.objects.filter(person=third.person).update(ends_on=timezone.localdate() - timedelta(days=1))
        Round.objects.filter(pk=round_.pk).update(readers_each=2)
        told_lost = {(one.name, one.why) for one in lost_readings(round_, manager, organisation)}
    assert told_lost == {("Rita Reader", "stepped back"), ("Theo Third", "no longer has the role")}
    client.force_login(manager)
    at = [organisation.slug, scheme.slug, round_.pk]
    page = client.get(reverse("placements:show_readers", args=at)).content.decode()
    assert "Lack readers" in page
    assert "readers for 2 applications" in client.get(reverse("home:list_waiting")).content.decode()
    assert "no longer has the role" in page
    _, fresh_seat = make_member(scheme, actor=manager, name="Fay Fresh")
    answer = client.post(reverse("placements:share_out", args=at), {"each": "2", "spread": "2"})
    proposal = answer.context["proposal"]
    pairs = {(pk, seat_pk) for pk, seat_pk, _ in proposal.new}
    # The finished reading of who left counts, and is not asked for again; the open one of who lost the role is.
    assert pairs == {(readings[0].application_id, fresh_seat.pk), (readings[1].application_id, fresh_seat.pk)}
    client.post(reverse("placements:accept_share_out", args=at), {"proposal": answer.context["sealed"]})
    with within(organisation):
        assert Assignment.objects.get(pk=open_one.pk).ended_at is not None
        assert Assignment.objects.get(pk=finished.pk).ended_at is None
        assert Round.objects.get(pk=round_.pk).readers_each == 2
    assert "Lack readers" not in client.get(reverse("placements:show_readers", args=at)).content.decode()
    assert "readers for" not in client.get(reverse("home:list_waiting")).content.decode()


def test_who_lost_the_role_cannot_be_given_anything(panel, scheme, manager, organisation):
    user, member, _, _ = panel
    application = eligible(scheme, actor=manager)
    with within(organisation, user=manager):
        RoleAssignment.objects.filter(person=user.person).update(ends_on=timezone.localdate() - timedelta(days=1))
        with pytest.raises(assigning.NotInTerm):
            assigning.assign(actor=manager, application=application, member=member)
