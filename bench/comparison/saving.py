"""Applicants who all write at once: what `bench/saving.py` asks the server, and what must stand afterwards.

`python -m bench.comparison.saving fill` migrates, makes a scheme and applicants who have each begun, and prints as JSON where each writes, signed in.
`… check` prints what was lost, and what was doubled or is another's.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

#: The part that is written in, and its questions that take words.
PART, QUESTIONS = "placement", ("title", "aims", "use_for_you", "use_for_team", "use_for_host")
WORDS = "What I want to learn is how helium is recovered, kept and liquefied again without a loss that anybody would notice. "
SLUG = "northmoor"


def said(reference: str, number: int) -> str:
    return f"{reference} says for the {number}th time. {WORDS * 3}".strip()


def key_of(number: int) -> str:
    return QUESTIONS[number % len(QUESTIONS)]


def fill(number: int) -> dict[str, Any]:
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from desaga.config import database
    from desaga.organisations.states import Role
    from desaga.organisations.tests.factories import member_of, peopled_organisation
    from desaga.placements.operations import applications
    from desaga.placements.tests.factories import make_applicant, make_scheme
    from desaga.tenancy.context import within

    call_command("migrate", verbosity=0)
    organisation = peopled_organisation("Northmoor University", SLUG)
    scheme = make_scheme(organisation, actor=member_of(organisation, Role.LEAD))
    told = []
    for n in range(number):
        user = make_applicant(scheme, f"Applicant {n}")
        with within(organisation, user=user):
            begun = applications.begin(actor=user, scheme=scheme)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        [(name, morsel)] = client.cookies.items()
        where = [organisation.slug, scheme.slug, begun.reference, PART]
        told.append(
            {
                "reference": begun.reference,
                "page": reverse("placements:write_part", args=where),
                "save": reverse("placements:save_part", args=where),
                "cookie": f"{name}={morsel.value}",
            }
        )
    # What the database does by itself within a minute of so many new rows. Only the owner may.
    with database.as_owner(connection), connection.cursor() as cursor:
        cursor.execute("ANALYSE")
    return {"applicants": told}


def check(saves: int) -> dict[str, int]:
    """What stands, beside what each applicant was told is saved."""
    from desaga.organisations.models import Organisation
    from desaga.placements.models import Answer, Application
    from desaga.tenancy.context import within

    last = {key_of(n): n for n in range(saves)}
    with within(Organisation.objects.get(slug=SLUG)):
        references = Application.objects.values_list("reference", flat=True)
        wanted = {(reference, key): said(reference, n) for reference in references for key, n in last.items()}
        rows = list(Answer.objects.values_list("application__reference", "key", "value"))
    stands = {(reference, key): value for reference, key, value in rows}
    return {
        "lost": sum(stands.get(place) != words for place, words in wanted.items()),
        "doubled": len(rows) - len(stands) + len(set(stands) - set(wanted)),
    }


if __name__ == "__main__":
    import django

    from desaga.config import database

    database.prepare()
    django.setup()
    number = int(sys.argv[2]) if len(sys.argv) > 2 else int(os.environ.get("BENCH_APPLICANTS", "200"))
    print(json.dumps({"fill": fill, "check": check}[sys.argv[1]](number)))
