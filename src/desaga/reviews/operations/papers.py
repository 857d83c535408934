"""Packs that take long to make: asked for, then made by the worker."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.documents.out import PAPERS, Imprint
from desaga.ui.fonts import font_files

from .. import queries
from ..models import PackFile, Review
from ..papers import digest_of, pack_paper

#: A pack of hundreds of pages takes the worker a few minutes at most.
GIVEN_UP_AFTER = timedelta(minutes=20)


def pack_blocks(review: Review, *, with_budget: bool) -> list[Any] | None:
    """What stands in the pack of a review; None where nothing was frozen."""
    pack = queries.pack_of_review(review, with_budget=with_budget)
    return None if pack is None else pack_paper(review, pack, queries.open_tasks_of(review.plan, but=review))


def title_of(review: Review) -> str:
    return f"{review.plan.title}: {review}"


@transaction.atomic
def ask_for_pack(
    *, actor: Any, review: Review, digest: str, with_budget: bool, now: datetime | None = None
) -> PackFile:
    """Have the worker make a pack as PDF, once however often it is asked for; anew where nothing came of it for a while."""
    from .. import tasks

    now = now or timezone.now()
    file, is_new = PackFile.objects.get_or_create(
        review=review,
        digest=digest,
        defaults={"organisation_id": review.organisation_id, "with_budget": with_budget},
    )
    if is_new or file.content is None and file.asked_at < now - GIVEN_UP_AFTER:
        PackFile.objects.filter(pk=file.pk).update(asked_at=now)
        tasks.make_pack.later(organisation=review.organisation, actor=actor, pack_id=file.pk)
    return file


@transaction.atomic
def make_pack(*, pack_id: int, now: datetime | None = None) -> PackFile:
    """Make the file. Earlier ones of the same readers go; where the pack became another meanwhile, this is that other."""
    now, file = now or timezone.now(), queries.pack_file_or_404(pack_id)
    review = file.review
    review.organisation = file.organisation
    blocks = pack_blocks(review, with_budget=file.with_budget) or []
    PackFile.objects.filter(review=review, with_budget=file.with_budget).exclude(pk=file.pk).delete()
    imprint = Imprint(title_of(review), file.organisation.name, timezone.localdate(now), font_files())
    file.digest, file.made_at = digest_of(blocks), now
    file.content = PAPERS["pdf"].write_paper(blocks, imprint)
    file.save(update_fields=["digest", "made_at", "content"])
    return file
