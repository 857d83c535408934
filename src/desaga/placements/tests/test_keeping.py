"""People go when a scheme's time is over, figures stay, and nothing else can take words from what is only added to."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.models import User
from desaga.audit.models import Entry
from desaga.notifications.models import OutgoingMail
from desaga.organisations.states import Role
from desaga.privacy.collecting import everything_about
from desaga.tenancy.context import within, within_platform

from ..awarding import ClaimState
from ..defining import Definition
from ..figures import OUTCOME_OF, figures
from ..keeping import ADVANCE, CLAIM, GOES_FROM, NOT_ENDED, TOGETHER, YEAR_OPEN, Case, reasons, sort_out
from ..models import (
    Application,
    ApplicationEvent,
    Award,
    EqualityAnswers,
    EqualityFigures,
    Payment,
    Score,
    SharedSession,
    StoryOffer,
    StrippingRun,
)
from ..operations import stripping
from ..operations.stripping_rows import GOING, WORDS
from ..queries import keeping as reads
from ..queries.counting import figures_of_year
from ..queries.fund import definitions_of, told_outcomes
from ..queries.schemes import money_of
from ..states import ApplicationState
from ..tasks import keep_no_longer
from .factories import make_application, make_scheme, moved, received, with_role
from .keeping import SECRETS, finished, past

TODAY = date(2026, 11, 29)


def case(**told):
    usual = {
        "pk": 1, "reference": "T-1", "panel": "March", "person": 1, "year": 2018, "state": "declined", "moved_on": date(2018, 3, 12), "ends_on": None, "months": 84,
        "follows": (), "has_award": False, "has_open_claim": False, "has_open_advance": False, "held_because": "",
    }  # fmt: skip
    return Case(**usual | told)


@pytest.mark.parametrize(
    ("told", "over_on"),
    [
        ({}, date(2025, 3, 12)),
        ({"months": 6}, date(2018, 12, 31)),
        ({"ends_on": date(2019, 8, 31)}, date(2026, 8, 31)),
        ({"ends_on": date(2019, 8, 31), "months": 6}, date(2020, 2, 29)),
    ],
)
def test_time_is_counted_from_the_last_day_and_never_ends_before_the_year(told, over_on):
    assert case(**told).over_on == over_on


@pytest.mark.parametrize(
    ("told", "because"),
    [
        ({}, ()),
        ({"held_because": "A dispute"}, ("Kept by hand: A dispute",)),
        ({"has_open_claim": True, "has_open_advance": True}, (CLAIM, ADVANCE)),
        ({"year_is_open": True}, (YEAR_OPEN,)),
        *(({"state": state}, (words,)) for state, words in NOT_ENDED.items()),
    ],
)
def test_what_holds_one_back_is_said(told, because):
    assert reasons(case(**told), TODAY) == because


def test_what_one_person_asked_for_in_a_year_goes_together():
    young = case(pk=2, moved_on=date(2024, 1, 1))
    other_year = case(pk=3, year=2017)
    found = sort_out([case(), young, other_year, case(pk=4, person=2)], TODAY)
    assert [one.pk for one in found.due] == [3, 4]
    assert [(one.case.pk, one.because) for one in found.kept] == [(1, (TOGETHER,))]


def test_every_state_either_ends_or_says_why_it_holds():
    assert set(GOES_FROM) | set(NOT_ENDED) == set(ApplicationState)
    assert not set(GOES_FROM) & set(NOT_ENDED)


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def placement(organisation, manager):
    return finished(organisation, actor=manager)


def strip(scheme, actor):
    with within(scheme.organisation, user=actor):
        today = timezone.localdate()
        seen = stripping.digest_of(
            reads.sorted_for(actor, scheme.organisation, scheme, today).due, reads.unseen_over(scheme, today)
        )
        return stripping.strip_after_look(actor=actor, organisation=scheme.organisation, scheme=scheme, seen=seen)


def everything(scheme):
    """All words of all rows of the slice, of the audit and of the ledger of mail, by table."""
    with within(scheme.organisation):
        found = {
            model.__name__: list(model._base_manager.values_list())
            for model in apps.get_app_config("placements").get_models()
        }
        found["Entry"] = list(Entry.objects.values_list())
    with within_platform():
        found["OutgoingMail"] = list(OutgoingMail.objects.filter(organisation=scheme.organisation).values_list())
    return {name: "\n".join(_words(row) for row in rows) for name, rows in found.items()}


def _words(row):
    return " | ".join(
        bytes(one).decode(errors="replace") if isinstance(one, bytes | memoryview) else str(one) for one in row
    )


def figures_now(scheme):
    """All that is counted, for the public and for indicators, of each year."""
    with within(scheme.organisation):
        heard = Application.objects.filter(scheme=scheme, round__state="released", state__in=OUTCOME_OF)
        told = sorted(told_outcomes(heard.select_related("round"), definitions_of(scheme)), key=repr)
        counted = {
            (year, key, pk): (one.value, one.of, len(one.people), one.names)
            for year in range(2016, 2028)
            for key, parts in figures_of_year(date(year, 12, 31)).items()
            for pk, one in parts.items()
        }
        money = [money_of(one) for one in scheme.budgets.all()]
        purse = [one.purse for one in Award.objects.order_by("pk")]
        return told, figures(told), counted, money, purse


def test_people_go_and_no_figure_changes(placement, manager):
    scheme, application, _ = placement
    before, was = everything(scheme), figures_now(scheme)
    found = {secret for secret in SECRETS if any(secret in words for words in before.values())}
    assert found == set(SECRETS)
    assert was[0]
    assert was[2]
    run = strip(scheme, manager)
    assert run.applications == 1
    assert {name: run.counts[name] for name in ("applications", "awards", "receipts", "files", "letters handed in", "people asked", "scores", "agreements")} == {
        "applications": 1, "awards": 1, "receipts": 1, "files": 1, "letters handed in": 1, "people asked": 2, "scores": len(application.definition.criteria), "agreements": 1,
    }  # fmt: skip
    after = everything(scheme)
    left = {(name, secret) for name, words in after.items() for secret in SECRETS if secret in words}
    # The story and the name that its teller wished stay, as long as they said.
    assert left == {("StoryOffer", "Ines"), ("StoryText", "Ines"), ("StoryText", "Cryogenics")}
    assert figures_now(scheme) == was
    with within(scheme.organisation):
        one = Application.objects.get(pk=application.pk)
        assert (one.reference, one.state, one.applicant, bool(one.mark)) == (
            application.reference,
            "closed",
            None,
            True,
        )
        kinds = list(ApplicationEvent.objects.filter(application=one).values_list("kind", flat=True))
        assert {"send", "receive", "offer", "accept", "agree", "report", "close"} <= set(kinds)
        assert (Payment.objects.get().amount, SharedSession.objects.get().people) == (Decimal(50), 7)
        assert EqualityAnswers.objects.count() == 0
        assert EqualityFigures.objects.get().data["questions"] == []
        verbs = {entry.verb: (entry.actor_name, entry.thing_name) for entry in Entry.objects.filter(thing_id=str(one.pk), thing_kind="placements.application")}  # fmt: skip
        assert verbs["award accepted"] == ("The applicant", one.reference)
        assert verbs["found eligible"] == ("Sam Scheme", one.reference)


def test_a_story_goes_with_its_consent(placement, manager):
    scheme, _application, _ = placement
    strip(scheme, manager)
    with within(scheme.organisation):
        assert StoryOffer.objects.get().named_as == "Ines Field"
        assert stripping.strip_at_night(scheme=scheme) is None
        stripping.strip_at_night(scheme=scheme, now=timezone.now() + timedelta(days=31))
        assert StoryOffer.objects.count() == 0


def test_twice_is_once_and_what_was_not_seen_does_not_go(placement, manager):
    scheme, _application, _ = placement
    with within(scheme.organisation, user=manager), pytest.raises(stripping.SeenOtherwise):
        stripping.strip_after_look(actor=manager, organisation=scheme.organisation, scheme=scheme, seen="")
    strip(scheme, manager)
    with pytest.raises(stripping.NothingDue):
        strip(scheme, manager)


def test_the_worker_does_the_same_once_it_was_switched_on(organisation, manager):
    scheme = make_scheme(organisation, actor=manager)
    draft, declined = make_application(scheme), moved(received(make_application(scheme)), "find_eligible", "decline")
    kept = received(make_application(scheme))
    past(scheme)
    with within(organisation):
        type(declined.round).objects.update(state="released", released_at=timezone.now())
    keep_no_longer.run(organisation_id=organisation.pk, actor_id=None)
    with within(organisation, user=manager):
        assert StrippingRun.objects.count() == 0
        stripping.switch_nightly(actor=manager, scheme=scheme, on=True)
    keep_no_longer.run(organisation_id=organisation.pk, actor_id=None)
    keep_no_longer.run(organisation_id=organisation.pk, actor_id=None)
    with within(organisation):
        (run,) = StrippingRun.objects.all()
        assert (run.by, run.applications) == (None, 1)
        assert not Application.objects.filter(pk=draft.pk).exists()
        assert set(Application.objects.filter(stripped_at=None).values_list("pk", flat=True)) == {kept.pk}


def test_the_press_removes_the_drafts_that_the_page_counted(organisation, manager, client):
    scheme = make_scheme(organisation, actor=manager)
    old = [make_application(scheme, title="Nobody’s to know"), make_application(scheme)]
    past(scheme)
    young = make_application(scheme)
    client.force_login(manager)
    page = reverse("placements:show_keeping", args=[organisation.slug, scheme.slug])
    told = client.get(page)
    assert "2 drafts that nobody has touched for so long go too, whole." in told.text
    assert "Remove 2 drafts" in told.text
    assert "Nothing has had its time." not in told.text
    assert not [one for one in ("Nobody’s to know", "Ines Field", old[0].email) if one in told.text]
    make_application(scheme)
    past(scheme)
    assert "What falls due has changed since you looked." in client.post(page, {"seen": told.context["digest"]}, follow=True).text  # fmt: skip
    with within(organisation):
        assert Application.objects.filter(pk__in=[one.pk for one in old]).count() == 2
        Application.objects.filter(pk=young.pk).update(changed_at=timezone.now())
    seen = client.get(page).context["digest"]
    assert "3 drafts are gone." in client.post(page, {"seen": seen}, follow=True).text
    with within(organisation):
        assert list(Application.objects.all()) == [young]
    assert "Nothing has had its time." in client.get(page).text


def test_it_is_done_every_night_from_one_press_whether_something_is_due_or_not(organisation, manager, client):
    scheme = make_scheme(organisation, actor=manager)
    client.force_login(manager)
    slugs = [organisation.slug, scheme.slug]
    page = reverse("placements:show_keeping", args=slugs)
    assert "Do it by itself every night" in client.get(page).text
    told = client.post(reverse("placements:start_stripping", args=slugs), follow=True).text
    assert "From tonight on it is done by itself every night." in told
    assert "Do it by itself every night" not in told
    with within(organisation):
        scheme.refresh_from_db()
        since = scheme.strips_since
        assert since is not None
    client.post(reverse("placements:start_stripping", args=slugs))
    with within(organisation):
        scheme.refresh_from_db()
        assert scheme.strips_since == since
    assert "Nothing goes by itself any more." in client.post(reverse("placements:stop_stripping", args=slugs), follow=True).text  # fmt: skip


def test_a_claim_that_is_open_and_a_hold_keep_it(placement, manager, client):
    scheme, application, _ = placement
    client.force_login(manager)
    slugs = [scheme.organisation.slug, scheme.slug]
    page = reverse("placements:show_keeping", args=slugs)
    assert "Strip 1 application" in client.get(page).text
    answer = client.post(
        reverse("placements:place_hold", args=[*slugs, application.reference]), {"because": "A dispute."}
    )
    assert answer.status_code == 302
    told = client.get(page).text
    assert "Kept by hand: A dispute." in told
    assert "Strip 1" not in told
    with within(scheme.organisation, user=manager):
        with pytest.raises(stripping.HeldAlready):
            stripping.place_hold(actor=manager, application=application, because="Again")
        with pytest.raises(DatabaseError, match="kept until its time is over"), transaction.atomic():
            stripping.let_words_go([application.pk])
    client.post(reverse("placements:lift_hold", args=[*slugs, application.reference]))
    with within(scheme.organisation):
        scheme_claims = Award.objects.get().claims
        scheme_claims.update(state=ClaimState.APPROVED)
    assert f"{CLAIM}." in client.get(page).text
    with within(scheme.organisation):
        scheme_claims.update(state=ClaimState.PAID)
    digest = client.get(page).context["digest"]
    assert "1 application tells of nobody any more." in client.post(page, {"seen": digest}, follow=True).text
    told = client.get(page).text
    assert "Nothing has had its time." in told
    assert "Done so far" in told


def test_nothing_else_takes_words_from_what_is_only_added_to(placement, manager):
    """Not the app, whatever it sets; not the function, before the time is over; never another organisation's."""
    scheme, application, _ = placement
    with within(scheme.organisation), connection.cursor() as cursor:
        for name in ("app.placements_stripping", "app.words_go"):
            cursor.execute("SELECT set_config(%s, 'on', true)", [name])
        for words in (
            "UPDATE placements_applicationevent SET words = ''", "DELETE FROM placements_applicationevent", "DELETE FROM placements_score", "UPDATE placements_score SET reason = 'x'",
            "UPDATE placements_eligibilitycheck SET words = ''", "DELETE FROM placements_outcomechange", "UPDATE placements_payment SET reference = ''",
            "UPDATE placements_payment SET amount = 1", "UPDATE placements_repayment SET reference = ''", "UPDATE audit_entry SET note = ''", "DELETE FROM audit_entry",
            "UPDATE placements_strippingrun SET applications = 0", "UPDATE placements_equalityfigures SET year = 1", "SELECT * FROM placements_things_of('{}')",
        ):  # fmt: skip
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(words)
    with within(scheme.organisation):
        Application.objects.filter(pk=application.pk).update(changed_at=timezone.now() - timedelta(days=84 * 30))
        with pytest.raises(DatabaseError, match="kept until its time is over"), transaction.atomic():
            stripping.let_words_go([application.pk])
        Application.objects.filter(pk=application.pk).update(
            changed_at=timezone.now() - timedelta(days=85 * 31), state="reported"
        )
        with pytest.raises(DatabaseError, match="kept until its time is over"), transaction.atomic():
            stripping.let_words_go([application.pk])
        Application.objects.filter(pk=application.pk).update(state="closed")
        assert Score.objects.count() > 0
    from desaga.organisations.tests.factories import OrganisationFactory

    with within(OrganisationFactory()), pytest.raises(DatabaseError, match="kept until its time"), transaction.atomic():
        stripping.let_words_go([application.pk])
    with within(scheme.organisation):
        stripping.let_words_go([application.pk])
        assert Score.objects.count() == 0


def test_the_database_keeps_the_same_time_as_a_definition(placement):
    assert Definition.model_fields["keep_months"].default == 84
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'placements_let_words_go'")
        (source,) = cursor.fetchone()
    assert "::int, 84)" in source
    assert all(f"'{state}'" in source for state in GOES_FROM)
    assert not any(f"'{state}'" in source for state in NOT_ENDED)


#: Tables of the slice that stay as they are when people go, and why.
STAYS = {
    "Scheme": "no person's", "SchemeVersion": "no person's", "Round": "no applicant's", "Budget": "no person's", "HostPlace": "of an organisation",
    "PanelMember": "of the panel", "EarlierTerm": "of the panel", "ReadingLetter": "of the panel", "PlacementRecord": "the employer's own", "StoryOffer": "until its consent ends", "StoryText": "until its consent ends",
    "StrippingRun": "numbers", "EqualityFigures": "protected figures", "ReservePlace": "a rank",
    "FundReport": "figures", "FundReportText": "the fund's own words", "FundReportDraft": "made anew", "FundPublication": "protected figures; past awards leave it",
    "FundPublicationFile": "the same", "StandingDeputy": "of those who are asked; goes half a year after its end", "HostOffer": "a host's", "HostOfferLink": "a host's",
}  # fmt: skip
BY_OTHER_MEANS = {
    "Application", "Answer", "PendingOutcome", "SharedSession", "EqualityAnswers", "ApplicationEvent", "Score", "EligibilityCheck", "OutcomeChange", "Payment", "PaymentTakenBack", "Repayment", "Outcome", "PastAward",
}  # fmt: skip


def test_no_table_is_forgotten():
    every = {model.__name__ for model in apps.get_app_config("placements").get_models()}
    assert {model.__name__ for _, model, _ in GOING} | {model.__name__ for model, _, _ in WORDS} | set(
        STAYS
    ) | BY_OTHER_MEANS == every


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_at_one_and_three(organisation, manager, client, query_count, number):
    scheme = make_scheme(organisation, actor=manager)
    for _ in range(number):
        moved(received(make_application(scheme)), "find_eligible", "decline")
    past(scheme)
    with within(organisation):
        from ..models import Round

        Round.objects.update(state="released", released_at=timezone.now())
    client.force_login(manager)
    page = reverse("placements:show_keeping", args=[organisation.slug, scheme.slug])
    client.get(page)
    with query_count(38):
        assert f"Strip {number} application" in client.get(page).text


def test_the_way_is_open_to_an_owner_who_is_no_superuser(placement):
    """As in production: row-level security binds the owner of the tables too, and the policies let just this through."""
    scheme, application, _ = placement
    with within(scheme.organisation), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute("CREATE ROLE plain_owner NOLOGIN NOSUPERUSER NOBYPASSRLS")
        cursor.execute("GRANT CREATE, USAGE ON SCHEMA public TO plain_owner")
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname ~ '^(placements|audit|accounts)_'")  # fmt: skip
        for (table,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{table}" OWNER TO plain_owner')
        for function in ("placements_things_of", "placements_let_words_go"):
            cursor.execute(f"ALTER FUNCTION {function}(bigint[]) OWNER TO plain_owner")
        cursor.execute("SET LOCAL ROLE desaga_app")
        stripping.let_words_go([application.pk])
        assert Score.objects.count() == 0
        assert Payment.objects.get().reference == ""
        assert set(ApplicationEvent.objects.values_list("words", "who")) == {("", "")}
        entry = Entry.objects.filter(thing_id=str(application.pk), thing_kind="placements.application")[0]
        assert entry.thing_name == application.reference


def test_a_person_takes_all_of_it_with_them_until_it_goes_and_nothing_after(placement, manager):
    """Each table that tells of the applicant is in their export; notes of the panel and its scores are not."""
    scheme, application, user = placement
    told = json.dumps(everything_about(user), ensure_ascii=False)
    own = (
        "Cryogenics",
        "helium",
        "Mona Manager",
        "By train where you can",
        "invitation.pdf",
        "ticket.pdf",
        "Ines asked",
        "I ran two liquefiers",
        "Hugo Host",
        "Ines was welcome",
        "Train with Mona",
        "What Ines learnt",
        "For equality figures: sex",
    )
    assert [one for one in own if one not in told] == []
    assert [one for one in ("Not for the panel", "A neighbour", "Clear and costed") if one in told] == []
    reader = User.objects.get(email__startswith="rita.reader")
    assert "Clear and costed" in json.dumps(everything_about(reader))
    strip(scheme, manager)
    after = json.dumps(everything_about(user), ensure_ascii=False)
    assert application.reference not in after
    assert "What Ines learnt" not in after
