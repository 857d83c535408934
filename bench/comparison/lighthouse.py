"""The demo's public pages, one of each kind. Run as a program it loads the demo's data and prints the addresses as JSON, by kind."""

from __future__ import annotations

import json
import re

from django.test import Client

from desaga.config import database, demo

#: Public pages that are not in the tree of the websites; of a list also the first page that it leads to, by its kind.
OTHERS = {"front page": "/", "sign in": "/account/login/", "public figures": "/figures/ashlar/"}
LISTS = {"public plans": ("/plans/ashlar/", "public plan"), "programmes": ("/placements/nftp/", "programme")}


def addresses() -> dict[str, str]:
    """By kind of page the shortest address of one that is open, the national site's first."""
    from wagtail.models import Page

    from desaga.website.models.pages import NationalHomePage, OrganisationHomePage, SitePage
    from desaga.website.reach import reach_everything

    found: dict[str, str] = {}
    with reach_everything():
        for home in Page.objects.live().type(NationalHomePage, OrganisationHomePage).order_by("path"):
            for page in home.get_descendants(inclusive=True).live().specific().order_by("depth", "path"):
                if isinstance(page, SitePage):
                    found.setdefault(page._meta.verbose_name or "", page.get_url())
    return found | OTHERS | _of_lists()


def _of_lists() -> dict[str, str]:
    found = {}
    for kind, (address, below) in LISTS.items():
        answer = Client().get(address, headers={"host": "127.0.0.1"})
        one = re.search(rf'href="({address}[\w-]+/)"', answer.content.decode())
        if answer.status_code != 200 or one is None:
            raise LookupError(f"{address} leads to no {below}")
        found |= {kind: address, below: one[1]}
    return found


if __name__ == "__main__":
    database.prepare()
    demo.bring_up_to_date()
    print(json.dumps(addresses()))
