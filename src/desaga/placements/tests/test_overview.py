"""A panel's overview: its order, its sums, what a line says, and how many queries it takes."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from .. import overview
from ..operations import members
from ..queries.overview import SORT_KEYS, InTheWay, Reader, Shown, Standing, sums_of
from ..telling import Hidden
from .factories import make_scheme, with_role
from .panels import declared, eligible, given, make_member, scored

STANDINGS = [
    Standing(1, "A-1", True, Decimal("61.5"), Decimal(10), 2, 2, 0),
    Standing(2, "A-2", True),
    Standing(3, "A-3", False, Decimal("80"), Decimal(40), 3, 2, 1),
    Standing(4, "A-4", True, Decimal("61.5"), Decimal(0), 1, 1, 0),
]


@pytest.mark.parametrize(
    ("sort", "order"), [("", [3, 1, 4, 2]), ("spread", [3, 1, 4, 2]), ("reference", [1, 2, 3, 4]), ("readers", [2, 4, 1, 3])]
)  # fmt: skip
def test_what_has_no_mark_comes_last_and_what_nobody_reads_first(sort, order):
    assert [one.pk for one in sorted(STANDINGS, key=SORT_KEYS[sort])] == order


def test_sums_count_readings_and_what_nobody_reads_that_somebody_should():
    assert sums_of(STANDINGS) == {"readers": 6, "sent": 5, "abstained": 1, "unread": 1}
    assert sums_of([Standing(5, "A-5", False)])["unread"] == 0


def test_a_line_says_words_as_words_and_hides_what_the_panel_must_not_read():
    shown = Shown(1, "A-1", "<b>Kilns</b> with Ines", "Ines Field", "Farfield & Sons", "Hollow Hall", Decimal("1020.50"), "eligible", 1)  # fmt: skip
    readers = [Reader(7, "Rita <R>", Decimal("72.22"), False), Reader(8, "Otto", None, True), Reader(9, "Ann", Decimal(3), False)]  # fmt: skip
    conflicts = [InTheWay(9, "Ann", "employer")]
    row = overview._row(shown, STANDINGS[2], Hidden(), readers, conflicts, "/there/")
    for words in ('<a href="/there/">&lt;b&gt;Kilns&lt;/b&gt; with Ines</a>', "Ines Field, Farfield &amp; Sons", 'Rita &lt;R&gt; <span class="dsg-quiet">72</span>', ">abstained<", ">conflict<", "Ann: same employer", ">80<", "<strong>40</strong>, wide", ">£1,020<", "For the panel<"):  # fmt: skip
        assert words in row, words
    nameless = overview._row(shown, STANDINGS[1], Hidden(names=True), [], [], "/there/")
    assert "Ines" not in nameless
    assert "Farfield" not in nameless
    assert "Nobody yet" in nameless


@pytest.fixture
def panel(organisation):
    manager = with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")
    scheme = make_scheme(organisation, actor=manager)
    chair, _ = make_member(scheme, actor=manager, name="Cora Chair", role=Role.PANEL_CHAIR)
    reader, seat = make_member(scheme, actor=manager)

    def one_more():
        application = eligible(scheme, actor=manager)
        reading = given(application, seat, actor=manager)
        for user in (chair, reader):
            declared(application, user)
        scored(reading, reader)
        return application

    round_ = one_more().round
    with within(organisation, user=manager):
        members.name_leaders(actor=manager, round_=round_, chair=chair.person, administrator=None)
    url = reverse("placements:show_panel", args=[organisation.slug, scheme.slug, round_.pk])
    return SimpleNamespace(manager=manager, chair=chair, url=url, one_more=one_more)


def test_the_overview_takes_a_fixed_number_of_queries(panel, client):
    """As many for one as for three; `bench/panel_pages.py` asks for 5,000."""
    for number in (1, 3):
        for _ in range(1, number):
            panel.one_more()
        for user, pinned in ((panel.manager, 20), (panel.chair, 23)):
            client.force_login(user)
            client.get(panel.url)
            with CaptureQueriesContext(connection) as queries:
                page = client.get(panel.url)
            assert len(page.context["page_obj"].object_list) == number
            assert len(queries) == pinned, (number, user)
