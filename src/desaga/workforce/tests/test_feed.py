"""The feed: what is asked is understood or refused by the rules of OData, keys open what they say, and pages are whole."""

import csv
import io
from base64 import b64encode
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from desaga.audit.models import Entry
from desaga.keys.operations import revoke_key
from desaga.keys.states import Scope
from desaga.keys.tests.factories import make_key
from desaga.organisations.states import Role
from desaga.tenancy.context import within
from desaga.workforce.feed.asking import Place, asked
from desaga.workforce.feed.conditions import NotOffered, NotUnderstood
from desaga.workforce.feed.filtering import filtered
from desaga.workforce.feed.rows import page
from desaga.workforce.feed.schema import CELLS, EDM, RELEASES, SETS, csdl, documented
from desaga.workforce.figuring import BY_KEY, FIGURES
from desaga.workforce.models import PersonRow
from desaga.workforce.operations import releases, stating
from desaga.workforce.releasing.tables import CellKind

from . import feed_v1
from .crowds import crowd, snapshot_of
from .factories import released

ROOT = "/feeds/workforce/v1/"
FEED_COSTS = 18
ROW = dict.fromkeys(CELLS.names(), "") | {"ReleaseId": 3, "Day": date(2025, 7, 31), "Value": Decimal(15), "IsTotal": False, "RowName": "O'Neill"}  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()


@pytest.mark.parametrize(
    ("told", "holds"),
    [
        ("ReleaseId eq 3", True),
        ("ReleaseId ne 3", False),
        ("Value ge 15 and Value le 15", True),
        ("Value gt 15 or Day ge 2025-07-31", True),
        ("not (Value lt 20)", False),
        ("RowName eq 'O''Neill'", True),
        ("IsTotal eq true", False),
        ("Value eq null", False),
        ("Value gt null", False),
        ("ReleaseId eq 1 or ReleaseId eq 2 and Value eq 15", False),
        ("(ReleaseId eq 1 or ReleaseId eq 3) and Value eq 15", True),
        ("RowName eq 'and'", False),
    ],
)
def test_a_filter_holds_as_it_says(told, holds):
    assert filtered(CELLS, told).holds(ROW) is holds


@pytest.mark.parametrize(
    "told",
    ["Nothing eq 1", "Value eq 'many'", "Value", "Value eq", "Value is 3", "(Value eq 1", "Value eq 1 Value eq 2", "Day eq 31", "(" * 60 + "Value eq 1", "Value eq 1;", "x" * 3000, "'a' eq 1", "5 lt Day", "Value add 'a' eq 6", "Value in (5,'a')", "Value in 5", "Value in ()", "1 add 2", "not Value", "Day eq 2025-02-31", "1 eq", "5 lt Nothing", "(" * 60 + "IsTotal" + ")" * 60],
)  # fmt: skip
def test_a_filter_that_is_none_is_refused_in_words(told):
    with pytest.raises(NotUnderstood):
        filtered(CELLS, told)


#: OData has these, and the feed does not.
LEGAL = ("contains(RowName,'a')", "5 lt Value", "'a' eq 'a'", "Value add 1 eq 6", "Value eq 3 mul (1 sub 2)", "IsTotal", "not IsTotal", "true", "Value in (5,10)", "ReleaseId eq 5.5", "-Value lt 5", "Value eq ReleaseId", "null ne Value", "IsTotal and Value eq 5")  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [{"$expand": "x"}, {"$apply": "x"}, {"$search": "x"}, *({"$filter": one} for one in LEGAL)],
)
def test_what_the_feed_does_not_have_is_said_to_be_so(words):
    with pytest.raises(NotOffered):
        asked(CELLS, words)


@pytest.mark.parametrize(
    "words",
    [
        {"$top": "-1"},
        {"$skip": "x"},
        {"$count": "yes"},
        {"$orderby": "Id sideways"},
        {"$select": "No"},
        {"$skiptoken": "40"},
    ],
)
def test_wrong_words_are_refused(words):
    with pytest.raises(NotUnderstood):
        asked(CELLS, words)


@given(st.text(max_size=60))
def test_no_filter_breaks_the_reader(told):
    """Whatever is sent is a condition, or is refused in words."""
    try:
        found = filtered(CELLS, told)
    except (NotUnderstood, NotOffered) as refusal:
        found = str(refusal)
    assert found


@given(st.integers(0, 40), st.integers(1, 9), st.integers(0, 12), st.one_of(st.none(), st.integers(0, 40)))
def test_pages_together_are_all_that_is_wanted(rows, size, skip, top):
    wanted = [{"Id": n} for n in range(rows)][skip:][: rows if top is None else top]
    words = {"$skip": str(skip)} | ({} if top is None else {"$top": str(top)})
    got, is_last = [], False
    while not is_last:
        answer = page(asked(RELEASES, words, size), [{"Id": n} for n in range(rows)])
        got, is_last = [*got, *answer.rows], answer.is_last
        words["$skiptoken"] = str(Place(skip + len(got), 0, "0" * 12))
    assert got == wanted


def test_metadata_names_every_set_and_column_once():
    schema = etree.fromstring(csdl())[1][0]
    names = {f"{{{EDM}}}{name}" for name in ("EntityType", "EntityContainer")}
    assert {child.tag for child in schema} == names
    told = {one.get("Name"): [p.get("Name") for p in one.findall(f"{{{EDM}}}Property")] for one in schema.findall(f"{{{EDM}}}EntityType")}  # fmt: skip
    assert told == {one.one: list(one.names()) for one in SETS.values()}


def test_what_the_first_version_promised_is_there_and_as_it_was():
    """Reports that somebody built on the feed go on: whatever is added, nothing of this is gone."""
    root = etree.fromstring(csdl())
    schema = root[1][0]
    container = schema.find(f"{{{EDM}}}EntityContainer")
    assert (schema.get("Namespace"), container.get("Name")) == (feed_v1.NAMESPACE, feed_v1.CONTAINER)
    types = {f"{feed_v1.NAMESPACE}.{one.get('Name')}": one for one in schema.findall(f"{{{EDM}}}EntityType")}
    sets = {one.get("Name"): types[one.get("EntityType")] for one in container.findall(f"{{{EDM}}}EntitySet")}
    for name, (key, columns) in feed_v1.SETS.items():
        told = sets[name]
        found = {one.get("Name"): (one.get("Type"), one.get("Nullable") != "false") for one in told.findall(f"{{{EDM}}}Property")}  # fmt: skip
        assert {column: found.get(column) for column in columns} == columns
        assert [one.get("Name") for one in told.iter(f"{{{EDM}}}PropertyRef")] == [key]
    assert {str(kind) for kind in CellKind} == feed_v1.KINDS
    assert {one.key for one in FIGURES} >= feed_v1.FIGURES
    assert {cut.key for cut in BY_KEY["workforce.headcount"].cuts} >= feed_v1.CUTS


def test_the_reference_page_is_the_schema():
    path = Path(__file__).parents[4] / "docs" / "reference" / "workforce-feed.md"
    assert "\n".join(documented()) in path.read_text(encoding="utf-8")


# ---- At the door


@pytest.fixture
def steward(member):
    return member(Role.HR_DATA_STEWARD)


@pytest.fixture
def release(organisation, steward):
    return released(organisation, snapshot_of(organisation, crowd(), actor=steward), actor=steward)


class Feed:
    def __init__(self, client, words=""):
        self.client, self.headers = client, {"Authorization": f"Bearer {words}"} if words else {}

    def get(self, path="", **query):
        headers = self.headers | query.pop("headers", {})
        words = {f"${name}": value for name, value in query.items()}
        return self.client.get(f"{ROOT}{path}", words, headers=headers)


@pytest.fixture
def feed(client, organisation, release):
    return Feed(client, make_key(organisation, Scope.FIGURES)[1])


def test_a_key_opens_one_reading_and_is_noted_each_time(client, organisation, release):
    inside, public = (make_key(organisation, scope)[1] for scope in (Scope.FIGURES, Scope.FIGURES_PUBLIC))
    figures = [
        {one["Policy"] for one in Feed(client, words).get("Cells", top="5").json()["value"]}
        for words in (inside, public)
    ]
    assert figures[0] != figures[1]
    cuts = [
        {one["Cut"] for one in Feed(client, words).get("Cells", select="Cut").json()["value"]}
        for words in (inside, public)
    ]
    assert "age_sex" in cuts[0]
    assert "age_sex" not in cuts[1]
    with within(organisation):
        notes = list(
            Entry.objects.filter(verb="let the workforce feed be read with")
            .order_by("pk")
            .values_list("note", flat=True)
        )
    assert notes[:2] == ["Cells, inside the organisation, 5 rows", "Cells, the public, 5 rows"]


def test_whoever_has_no_key_or_another_is_told_as_odata_tells_it(client, organisation, release):
    key, words = make_key(organisation, Scope.FIGURES)
    basic = {"Authorization": "Basic " + b64encode(f"desaga:{words}".encode()).decode()}
    assert client.get(f"{ROOT}Releases", headers=basic).status_code == 200
    assert client.get(f"{ROOT}Releases?key={words}").status_code == 401
    with within(organisation):
        revoke_key(actor=None, key=key)
    answers = [
        client.get(ROOT),
        client.get(f"{ROOT}$metadata", headers=basic),
        Feed(client, "desaga_1_" + "a" * 40).get("Cells"),
        Feed(client, make_key(organisation, Scope.PLANS)[1]).get("Cells"),
        client.post(ROOT),
    ]
    assert [one.status_code for one in answers] == [401, 401, 401, 403, 405]
    assert {one.headers["OData-Version"] for one in answers} == {"4.0"}
    assert all(set(one.json()["error"]) == {"code", "message"} for one in answers)
    assert answers[0].headers["WWW-Authenticate"].startswith("Basic ")


def test_answers_have_the_form_that_odata_asks_for(feed):
    root = feed.get()
    assert root.json()["@odata.context"] == "http://testserver/feeds/workforce/v1/$metadata"
    assert {one["name"] for one in root.json()["value"]} == set(SETS)
    assert feed.get("$metadata").headers["Content-Type"].startswith("application/xml")
    found = feed.get("Cells", select="Value,Kind", top="3", count="true", filter="Figure eq 'workforce.headcount'")
    assert found.headers["Content-Type"].startswith("application/json;odata.metadata=minimal")
    told = found.json()
    assert told["@odata.context"].endswith("$metadata#Cells(Value,Kind)")
    assert [set(one) for one in told["value"]] == [{"Value", "Kind"}] * 3
    assert told["@odata.count"] > 3
    assert (
        feed.get("Cells/$count", filter="Figure eq 'workforce.headcount'").content == str(told["@odata.count"]).encode()
    )
    one = feed.get("Figures('workforce.fte')").json()
    assert one["@odata.context"].endswith("$metadata#Figures/$entity")
    assert one["Unit"] == "FTE"


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("Nowhere", {}, 404),
        ("Figures('no')", {}, 404),
        ("Cells", {"expand": "x"}, 501),
        ("Cells", {"filter": "x"}, 400),
        ("Cells", {"format": "atom"}, 400),
        ("Cells", {"headers": {"OData-MaxVersion": "3.0"}}, 400),
        ("Cells", {"format": "json"}, 200),
        ("", {"headers": {"OData-MaxVersion": "4.01"}}, 200),
    ],
)
def test_what_is_wrong_is_said_with_its_status(feed, path, query, status):
    assert feed.get(path, **query).status_code == status


def test_pages_follow_each_other_to_the_end_and_csv_has_the_same(feed, client):
    rows, answer = [], feed.get("Cells", headers={"Prefer": "odata.maxpagesize=100"})
    assert answer.headers["Preference-Applied"] == "odata.maxpagesize=100"
    while True:
        rows += answer.json()["value"]
        if "@odata.nextLink" not in answer.json():
            break
        answer = client.get(
            answer.json()["@odata.nextLink"], headers=feed.headers | {"Prefer": "odata.maxpagesize=100"}
        )
    assert len({one["Id"] for one in rows}) == len(rows)
    sheet = list(csv.DictReader(io.StringIO(feed.get("Cells.csv").content.decode())))
    assert [one["Id"] for one in sheet] == [one["Id"] for one in rows]
    assert feed.get("Cells", orderby="Value desc", top="1").json()["value"][0]["Value"] == max(
        one["Value"] or 0 for one in rows
    )
    hidden = [one for one in rows if one["Kind"] == "suppressed"]
    assert {(one["Value"], one["Shown"]) for one in hidden} == {(None, "..")}


def test_shares_of_others_are_a_set_of_their_own_with_their_source(client, organisation, steward):
    told = {"characteristic": "age", "group": "50", "share": Decimal("38.5"), "name": "The sector", "source": "A table", "year": "2023/24"}  # fmt: skip
    with within(organisation, user=steward):
        stating.add_comparator(actor=steward, organisation=organisation, **told)
    release = released(organisation, snapshot_of(organisation, crowd(), actor=steward), actor=steward)
    for scope in (Scope.FIGURES, Scope.FIGURES_PUBLIC):
        feed = Feed(client, make_key(organisation, scope)[1])
        whole = feed.get("Comparators", filter="Cut eq ''").json()["value"]
        assert [(one["ReleaseId"], one["Figure"], one["RowKey"], one["Group"], one["Value"], one["Unit"], one["Whose"], one["Year"], one["Source"]) for one in whole] == [
            (release.pk, "workforce.aged_50", "", "Technical staff aged 50 and over", 38.5, "per cent", "The sector", "2023/24", "A table")
        ]  # fmt: skip
        ids = [one["Id"] for one in feed.get("Comparators").json()["value"]]
        assert len(set(ids)) == len(ids)
        assert feed.get(f"Comparators('{ids[0]}')").json()["Value"] == 38.5
        cells = feed.get("Cells", filter="Figure eq 'workforce.aged_50'").json()["value"]
        assert "A table" not in str(cells)


def test_no_row_of_a_person_and_nothing_of_one_is_in_the_feed(feed, organisation, caplog, django_assert_num_queries):
    with within(organisation):
        assert PersonRow.objects.count() == 120
    caplog.set_level("DEBUG", logger="desaga")
    told = (
        b"".join(
            feed.get(path).content for path in ("Cells", "Cells.csv", "Units", "Releases", "Figures", "Comparators")
        ).decode()
        + caplog.text
    )
    assert not [word for word in ("QZ70", "quist", "anna", "Birch") if word in told]


def test_pages_are_of_the_releases_of_the_first_page(feed, client, organisation, steward, release):
    """What is released during a refresh is in the next one; where what was read is restated, the program is told to begin again."""
    some = feed.headers | {"Prefer": "odata.maxpagesize=100"}
    first = feed.get("Cells", headers={"Prefer": "odata.maxpagesize=100"}, count="true").json()
    later = snapshot_of(organisation, crowd(), actor=steward, as_at=date(2026, 1, 31))
    released(organisation, later, actor=steward, name="2026")
    rows, link = first["value"], first["@odata.nextLink"]
    while link:
        told = client.get(link, headers=some).json()
        rows, link = [*rows, *told["value"]], told.get("@odata.nextLink")
    assert len({one["Id"] for one in rows}) == len(rows) == first["@odata.count"]
    assert {one["ReleaseId"] for one in rows} == {release.pk}
    with within(organisation, user=steward):
        releases.withdraw(actor=steward, release=release, because="A unit was missing.")
    answer = client.get(first["@odata.nextLink"], headers=some)
    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "MovedOn")
    assert {one["Period"] for one in feed.get("Cells").json()["value"]} == {"2026"}


def test_the_feed_says_with_which_day_what_came_and_went_is_compared(feed, organisation, steward):
    assert feed.get("Releases").json()["value"][0]["ComparedWith"] is None
    snapshot = snapshot_of(organisation, crowd(), actor=steward, as_at=date(2026, 1, 31))
    released(organisation, snapshot, actor=steward, name="January 2026")
    assert feed.get("Releases", filter="Day eq 2026-01-31").json()["value"][0]["ComparedWith"] == "2025-07-31"
    cells = feed.get("Cells", filter="Day eq 2026-01-31 and ComparedWith eq 2025-07-31").json()["value"]
    assert "workforce.headcount" not in {one["Figure"] for one in cells}
    assert {"workforce.leavers", "workforce.turnover"} <= {one["Figure"] for one in cells}


def test_the_feed_asks_the_same_of_one_release_and_of_three(feed, organisation, steward, query_count):
    feed.get("Cells", top="10")
    with query_count(FEED_COSTS):
        feed.get("Cells", top="10")
    for year in (2023, 2024):
        day = date(year, 7, 31)
        released(
            organisation, snapshot_of(organisation, crowd(), actor=steward, as_at=day), actor=steward, name=str(year)
        )
    with query_count(FEED_COSTS):
        feed.get("Cells", top="10")


def test_what_the_feed_does_not_have_is_answered_so_and_is_no_fault_in_the_log(feed, caplog):
    answer = feed.get("Cells", filter="5 lt Value")
    assert (answer.status_code, answer.json()["error"]["code"]) == (501, "NotOffered")
    assert "compares a column with a value" in answer.json()["error"]["message"]
    assert [one for one in caplog.records if one.name == "django.request"] == []
