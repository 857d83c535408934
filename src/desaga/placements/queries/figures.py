"""What is counted for the public: the outcomes that were told."""

from __future__ import annotations

from django.db.models import Q

from ..defining import Definition
from ..figures import OUTCOME_OF, UNKNOWN, Told
from ..models import Answer, Application, Scheme, SchemeVersion
from ..states import RoundState


def told_outcomes(scheme: Scheme) -> list[Told]:
    """Each application whose panel's outcomes were released. As many queries however many there are."""
    rows = Application.objects.filter(Q(scheme=scheme, round__state=RoundState.RELEASED, state__in=OUTCOME_OF))
    found = list(rows.values_list("pk", "version_id", "round__meets_on", "state"))
    definitions = {one.pk: one.definition for one in SchemeVersion.objects.filter(scheme=scheme)}
    answers = {
        (application, key): value
        for application, key, value in Answer.objects.filter(
            application__in=rows.values("pk"), key__in=("nation", "discipline")
        ).values_list("application_id", "key", "value")
    }
    return [
        Told(
            year=str(meets_on.year),
            nation=label_of(definitions[version], "nation", answers.get((pk, "nation"))),
            discipline=label_of(definitions[version], "discipline", answers.get((pk, "discipline"))),
            outcome=OUTCOME_OF[state],
        )
        for pk, version, meets_on, state in found
    ]


def label_of(definition: Definition, key: str, value: object) -> str:
    """The words of an answer of a choice; `UNKNOWN` where the version does not ask, or nobody answered."""
    question = definition.question(key)
    choices = question.choices if question else ()
    return next((one.label for one in choices if one.value == value), UNKNOWN)
