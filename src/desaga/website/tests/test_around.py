"""What an organisation shows to everybody elsewhere — plans, figures, what it funds — stands in its site, and the site leads there."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from desaga.placements.tests.factories import make_scheme
from desaga.plans.tests.factories import PlanFactory
from desaga.public.tests.factories import publish as publish_plan
from desaga.stories.tests.factories import furnish_stories
from desaga.tenancy.context import within

from .factories import make_page, make_site, make_site_of

pytestmark = pytest.mark.django_db


def read(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.fixture
def address(organisation: Any) -> str:
    """Of a plan that an organisation without a site has published."""
    with within(organisation):
        return str(publish_plan(PlanFactory(organisation=organisation)).get_absolute_url())


def test_a_plan_stands_in_the_site_of_its_organisation(organisation: Any, address: str) -> None:
    home = make_site_of(organisation)
    make_page(home, "Meet us", show_in_menus=True)
    make_page(home, "About us")
    told = read(address)
    here = home.get_url()
    for words in (
        f'<a class="dsg-masthead__home" href="{here}">',
        f'<li><a href="{here}meet-us/">Meet us</a></li>',
        f'<li><a href="{here}about-us/">About us</a></li>',
        f'<a href="{here}accessibility/">Accessibility</a>',
    ):
        assert words in told


def test_without_a_site_a_plan_stands_alone(organisation: Any, address: str) -> None:
    told = read(address)
    assert f'<a class="dsg-masthead__home" href="/plans/{organisation.slug}/">' in told


def test_a_page_that_somebody_has_is_told_when_the_menu_changes(organisation: Any, address: str) -> None:
    home = make_site_of(organisation)
    known = Client().get(address).headers["ETag"]
    assert Client().get(address, headers={"If-None-Match": known}).status_code == 304
    make_page(home, "Meet us", show_in_menus=True)
    assert Client().get(address, headers={"If-None-Match": known}).status_code == 200


def test_the_site_leads_to_what_stands_elsewhere_once_it_is_open(organisation: Any) -> None:
    here = make_site_of(organisation).get_url()
    assert "Action plans" not in read(here)
    with within(organisation):
        publish_plan(PlanFactory(organisation=organisation))
    assert f'<a href="/plans/{organisation.slug}/">Action plans</a>' in read(here)


def test_a_programme_stands_in_the_site_of_whoever_funds_it(organisation: Any) -> None:
    home = make_site_of(organisation)
    here, scheme = home.get_url(), make_scheme(organisation, actor=home.lead)
    address = f"/placements/{organisation.slug}/{scheme.slug}/"
    assert f'<a class="dsg-masthead__home" href="{here}">' in read(address)
    assert "What we fund</a>" in read(here)


def test_who_has_a_story_to_tell_is_asked_on_each_page(organisation: Any) -> None:
    home = make_site_of(organisation)
    assert "Tell your story" not in read(home.get_url())
    furnish_stories(organisation, actor=home.lead)
    assert f'<a href="/stories/{organisation.slug}/calls/">Tell your story</a>' in read(home.get_url())


def test_another_organisation_has_none_of_it(organisation: Any, address: str) -> None:
    told = read(make_site("Southmere", "southmere-site").get_url())
    assert "Action plans" not in told
    assert organisation.name not in told


# ---- The logo


def with_logo(organisation: Any) -> bytes:
    """A small picture kept as its settings keep it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "teal").save(out, "PNG")
    with within(organisation):
        organisation.logo.save("logo.png", ContentFile(out.getvalue()))
    return out.getvalue()


def test_the_logo_of_an_organisation_stands_on_its_site_and_is_everybodys(
    organisation: Any, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    logo, here = with_logo(organisation), make_site_of(organisation).get_url()
    for page in (read(here), read(f"{here}stories/")):
        address = re.search(r'<img class="dsg-mark dsg-mark--logo" src="([^"]+)" alt="">', page).group(1)  # type: ignore[union-attr]
    answer = Client().get(address)
    assert (answer.content, answer.headers["Content-Type"], answer.cookies) == (logo, "image/png", {})
    assert "max-age=3600" in answer.headers["Cache-Control"]


def test_without_an_open_site_the_logo_is_nobodys_and_without_a_logo_the_letter_stands(
    organisation: Any, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    assert "dsg-mark--letter" in read(make_site("Southmere", "southmere-site").get_url())
    with_logo(organisation)
    assert Client().get(f"/technicians/logo/{organisation.slug}/").status_code == 404
