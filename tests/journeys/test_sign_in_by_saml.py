"""How an institution's own sign-in comes in by SAML: its lead picks it from the federation, and Ida signs in across two sites."""

from __future__ import annotations

import re

import pytest
import requests
from playwright.sync_api import expect

from desaga.federation.operations import federations
from desaga.federation.tests.conftest import saml_server  # noqa: F401
from desaga.federation.tests.factories import EmailDomainFactory
from desaga.federation.tests.saml_institution import IDA, OURS
from desaga.federation.tests.saml_provider import PASSWORD
from desaga.federation.tests.test_signing_in import confirmed
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import member_of

pytestmark = pytest.mark.journey
PHONE = {"width": 390, "height": 844}
MAIL = "ida@northmoor.example"


def test_a_lead_chooses_their_institution_and_a_technician_signs_in_there(
    page,
    open_page,
    sign_in,
    check_page,
    member,
    organisation,
    live_server,
    saml_server,  # noqa: F811
):
    # The federation has been read, and the institution knows Desaga by its metadata, as the federation hands it on.
    address, certificate = saml_server
    federations.trust_federation(
        actor=None, name="UK federation", address=f"{address}/federation", certificates=certificate
    )
    federations.read_due_federations()
    ours = requests.get(f"{live_server.url}{OURS}", timeout=60).text
    people = {MAIL: IDA}
    requests.post(f"{address}/control", json={"reset": True, "service": ours, "people": people}, timeout=60)
    EmailDomainFactory(organisation=organisation)
    ida = confirmed(member_of(organisation, Role.READER, email=MAIL))

    # The lead finds it by name.
    sign_in(page, member(Role.LEAD))
    page.goto(f"/o/{organisation.slug}/sign-in/")
    check_page(page)
    page.get_by_role("link", name="Add a sign-in by SAML").click()
    check_page(page)
    page.get_by_label("The name of your institution").fill("northmoor")
    page.get_by_role("button", name="Find it").click()
    page.get_by_role("link", name="University of Northmoor").click()
    check_page(page)
    page.get_by_label("It gives out the e-mail addresses itself").check()
    page.get_by_role("button", name="Add the sign-in").click()
    expect(page.get_by_text(re.compile("UK federation, read"))).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Switch it on").click()
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_text("University of Northmoor is on.")).to_be_visible()

    # Ida, on her telephone and without script, goes to her institution, which is another site, and comes back signed in.
    telephone = open_page(viewport=PHONE, java_script_enabled=False)
    telephone.goto("/account/institution/?next=/account/details/")
    telephone.get_by_role("link", name=re.compile("Northmoor")).click()
    telephone.get_by_label("E-mail").fill(MAIL)
    telephone.get_by_label("Password").fill(PASSWORD)
    telephone.get_by_role("button", name="Sign in").click()
    telephone.get_by_role("button", name="Go on to Desaga").click()
    expect(telephone).to_have_url(f"{live_server.url}/account/details/")

    # What the institution told, the lead can look at, and what is not right is said on a page.
    page.get_by_role("link", name="Try to sign in now").click()
    page.get_by_label("E-mail").fill(MAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Go on to Desaga").click()
    expect(page.get_by_label("What the provider tells")).to_have_value(re.compile("technician@northmoor.example"))
    check_page(page)
    page.get_by_role("link", name="University of Northmoor", exact=True).click()
    page.get_by_role("link", name=re.compile("Who came in")).click()
    expect(page.get_by_role("cell", name=ida.get_full_name(), exact=True)).to_be_visible()
    check_page(page)
