"""The pages of structure, people, grants, settings and audit."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from desaga.organisations.models import Employment, Grant, Organisation, Party, Person, Unit
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import (
    EmploymentFactory,
    GlossaryTermFactory,
    GrantFactory,
    OrganisationFactory,
    PartyFactory,
    PersonFactory,
    RoleAssignmentFactory,
    UnitFactory,
    peopled_organisation,
)
from desaga.tenancy.context import within


@pytest.fixture
def lead(organisation, member, client_of):
    return client_of(member(Role.LEAD))


def post(client, organisation, path, **data):
    return client.post(f"/o/{organisation.slug}/{path}", data, follow=True)


def day(name, value="2026-01-05"):
    year, month, number = value.split("-")
    return {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}


def test_a_unit_is_added_changed_and_closed(organisation, lead):
    page = post(lead, organisation, "units/add/", name="Workshop", kind="service", code="WS")
    assert b"Workshop is added." in page.content
    with within(organisation):
        unit = Unit.objects.get(name="Workshop")
    post(lead, organisation, f"units/{unit.pk}/edit/", name="Workshops", kind="service", code="WS")
    page = post(lead, organisation, f"units/{unit.pk}/close/")
    assert b"Workshops is closed." in page.content


def test_a_unit_with_a_code_that_is_taken_comes_back_with_a_sentence(organisation, lead):
    page = post(lead, organisation, "units/add/", name="Another", kind="faculty", code="fac")
    assert b"Another unit has this code." in page.content


def test_a_refusal_comes_back_as_an_error(organisation, lead):
    with within(organisation):
        faculty = Unit.objects.get()
    UnitFactory(organisation=organisation, parent=faculty, name="School")
    page = post(lead, organisation, f"units/{faculty.pk}/close/")
    assert b"Close or move the parts of this unit first." in page.content


def test_a_party_is_added_with_its_addresses(organisation, lead):
    page = post(
        lead, organisation, "parties/add/", name="Finance office", kind="text", contacts="a@n.example,b@n.example"
    )
    assert b"Finance office is added." in page.content
    with within(organisation):
        assert Party.objects.get(name="Finance office").contacts == ["a@n.example", "b@n.example"]


def test_a_comma_too_many_is_no_mistake_and_a_wrong_address_is_named(organisation, lead):
    wrong = post(lead, organisation, "parties/add/", name="Library", kind="text", contacts="a@n.example, nobody")
    post(lead, organisation, "parties/add/", name="Library", kind="text", contacts="a@n.example, b@n.example, ")
    assert "Address 2: Write an e-mail address like name@example.ac.uk." in wrong.content.decode()
    with within(organisation):
        assert Party.objects.get(name="Library").contacts == ["a@n.example", "b@n.example"]


def test_a_person_is_added_with_an_employment(organisation, lead):
    with within(organisation):
        unit = Unit.objects.get()
    fields = {"employment-job_title": "Glassblower", "employment-unit": unit.pk, "employment-fte": "0.6"}
    page = post(lead, organisation, "people/add/", name="Dora", **fields, **day("employment-starts_on"))
    assert b"Dora is added." in page.content
    with within(organisation):
        assert Employment.objects.get(person__name="Dora").job_title == "Glassblower"


def test_a_person_without_a_start_is_not_added(organisation, lead):
    page = post(lead, organisation, "people/add/", name="Dora")
    with within(organisation):
        assert (page.status_code, Person.objects.filter(name="Dora").exists()) == (200, False)


def test_a_role_is_given_and_ended(organisation, lead):
    with within(organisation):
        person = Person.objects.first()
    post(lead, organisation, "roles/give/", person=person.pk, role="champion")
    with within(organisation):
        assignment = person.roles.get(role="champion")
    page = post(lead, organisation, f"roles/{assignment.pk}/end/")
    assert b"the role is ended." in page.content


def test_the_only_lead_is_told_why_they_stay(organisation, lead):
    with within(organisation):
        assignment = Person.objects.filter(roles__role="lead").get().roles.get()
    page = post(lead, organisation, f"roles/{assignment.pk}/end/")
    assert b"This is the only lead." in page.content


def test_a_grant_is_given_and_taken_back(organisation, other_organisation, lead):
    page = lead.get(f"/o/{organisation.slug}/grants/give/")
    assert b"What kind of thing?" in page.content
    page = post(
        lead,
        organisation,
        "grants/give/?kind=organisations.unit",
        to_organisation=other_organisation.pk,
        may="see",
        reason="To compare",
        **day("ends_on", "2099-12-31"),
    )
    assert b"Southmere Institute" in page.content
    with within(other_organisation):
        assert Unit.visible.exclude(organisation=other_organisation).count() == 1
        grant = Grant.objects.get(to_organisation=other_organisation)
    post(lead, organisation, f"grants/{grant.pk}/revoke/")
    with within(other_organisation):
        assert Unit.visible.exclude(organisation=other_organisation).count() == 0


def test_a_grant_goes_to_one_of_the_two(organisation, lead):
    page = post(lead, organisation, "grants/give/?kind=organisations.unit", may="see", reason="To compare")
    assert b"Choose an organisation or a person, one of the two." in page.content


def picture(size=(20, 20), form="PNG"):
    content = io.BytesIO()
    Image.new("RGB", size, "#124e96").save(content, form)
    return SimpleUploadedFile(f"logo.{form.lower()}", content.getvalue())


def noise():
    content = io.BytesIO()
    Image.effect_noise((90, 90), 50).save(content, "JPEG")
    return content.getvalue()


def settings_of(organisation, **fields):
    return {
        "name": organisation.name,
        "short_name": organisation.short_name,
        "staff_word": "technical professionals",
        "staff_word_singular": "technical professional",
        "financial_year_starts_in": 8,
        "accent": "",
        **fields,
    }


def test_settings_are_saved_with_logo_and_accent(organisation, lead, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    post(lead, organisation, "settings/edit/", **settings_of(organisation, accent="#8A1538", logo=picture()))
    logo = lead.get(f"/o/{organisation.slug}/logo/")
    look = lead.get(f"/o/{organisation.slug}/look.css")
    assert (logo.status_code, look["Content-Type"], b"#8a1538" in look.content) == (200, "text/css", True)
    assert Organisation.objects.get(pk=organisation.pk).staff_word == "technical professionals"


def test_an_accent_that_is_too_pale_is_refused_with_its_contrast(organisation, lead):
    page = post(lead, organisation, "settings/edit/", **settings_of(organisation, accent="#FFEE99"))
    assert b"This colour is too pale to be seen on white" in page.content


def test_a_logo_that_is_no_picture_is_refused(organisation, lead):
    drawing = SimpleUploadedFile("logo.svg", b"<svg onload='alert(1)'/>", content_type="image/svg+xml")
    page = post(lead, organisation, "settings/edit/", **settings_of(organisation, logo=drawing))
    assert "logo" in page.context["form"].errors


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_of_a_logo_only_the_points_are_kept(organisation, lead, settings, tmp_path, form):
    settings.MEDIA_ROOT = tmp_path
    content, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "CANARY-CAMERA"
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 48.0, 25.0)})
    Image.new("RGB", (20, 10), "#124e96").save(content, form, exif=exif)
    assert b"CANARY-CAMERA" in content.getvalue()
    post(lead, organisation, "settings/edit/", **settings_of(organisation, logo=SimpleUploadedFile("CANARY.png", content.getvalue())))  # fmt: skip

    (stored,) = (one for one in tmp_path.rglob("*") if one.is_file())
    served = lead.get(f"/o/{organisation.slug}/logo/")
    assert served.content == stored.read_bytes()
    assert stored.name.startswith("logo.")
    assert not [trace for trace in (b"CANARY", b"Exif", b"eXIf", b"GPS") if trace in served.content]
    with Image.open(io.BytesIO(served.content)) as kept:
        assert (kept.format, kept.size, dict(kept.getexif()), served["Content-Type"]) == (form, (20, 10), {}, f"image/{form.lower()}")  # fmt: skip


@pytest.mark.parametrize(
    ("logo", "said"),
    [
        (lambda: picture((2001, 2000)), b"more than 4 million points"),
        (lambda: SimpleUploadedFile("logo.jpg", noise()[:-400]), b"damaged"),
    ],
)
def test_a_logo_that_cannot_be_drawn_is_refused(organisation, lead, logo, said, monkeypatch):
    # The program that makes PDFs sets this for the whole process, which is not to decide what is taken.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    page = post(lead, organisation, "settings/edit/", **settings_of(organisation, logo=logo()))
    assert said in page.content


def test_the_audit_is_read_in_sentences_and_filtered(organisation, member, client_of):
    user = member(Role.LEAD)
    client = client_of(user)
    post(client, organisation, "units/add/", name="Workshop", kind="service")
    post(client, organisation, "parties/add/", name="Finance office", kind="text")
    page = client.get(f"/o/{organisation.slug}/audit/")
    assert f"{user.person.name} added the unit “Workshop”" in page.content.decode()
    filtered = client.get(f"/o/{organisation.slug}/audit/?kind=organisations.party").content.decode()
    assert ("Finance office" in filtered, "Workshop" in filtered) == (True, False)
    assert b"No entry fits these filters." in client.get(f"/o/{organisation.slug}/audit/?until=2001-01-01").content


def test_a_person_finds_themselves_and_nobody_else(organisation, member, client_of):
    user = member(Role.TECHNICIAN)
    other = PersonFactory(recorded_by=organisation)
    client = client_of(user)
    answers = [client.get(f"/o/{organisation.slug}/people/{pk}/").status_code for pk in (user.person.pk, other.pk)]
    assert answers == [200, 404]


EMPTY = {
    "units/": "Add the first unit",
    "parties/": "Load them from a spreadsheet",
    "glossary/": "Load it from a spreadsheet",
    "grants/": "Nobody outside sees anything of yours",
    "audit/": "Nothing has been written yet.",
}


@pytest.mark.parametrize("path", EMPTY)
def test_an_empty_list_says_the_next_step(path, member, client_of, db):
    organisation = OrganisationFactory()
    page = client_of(member(Role.LEAD, organisation=organisation)).get(f"/o/{organisation.slug}/{path}")
    assert EMPTY[path] in page.content.decode()


def add_grant(organisation):
    GrantFactory(owner_organisation=organisation, to_organisation=OrganisationFactory())


def add_entry(organisation):
    from desaga.audit import operations as audit

    with within(organisation):
        audit.record(actor=None, verb="looked at", thing=organisation)


# The queries of a page, whatever the number of rows: one literal number each.
QUERIES = {
    "units/": (13, lambda o: UnitFactory(organisation=o)),
    "parties/": (14, lambda o: PartyFactory(organisation=o)),
    "glossary/": (14, lambda o: GlossaryTermFactory(organisation=o)),
    "people/": (16, lambda o: EmploymentFactory(organisation=o)),
    "roles/": (14, lambda o: RoleAssignmentFactory(organisation=o)),
    "grants/": (15, add_grant),
    "audit/": (15, add_entry),
}


@pytest.mark.parametrize("path", QUERIES)
@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_asks_the_same_number_of_queries(path, rows, db, member, client_of, query_count):
    organisation = peopled_organisation("Eastford University", "eastford")
    number, add = QUERIES[path]
    for _ in range(rows):
        add(organisation)
    client = client_of(member(Role.LEAD, organisation=organisation))
    client.get("/nowhere/")  # The first visit of a session is written down.
    with query_count(number):
        client.get(f"/o/{organisation.slug}/{path}")
