"""The processor time that a review’s pack takes as PDF, from its snapshots, beside WeasyPrint alone with the same page.

Run with `.venv/bin/python bench/pack.py`. The pack has about a hundred pages. Ends with status 1 where making it takes more than 1.5 times what
WeasyPrint takes for the finished page, or where the pack has fewer than a hundred pages.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from desaga.documents.out.portable import page_of_paper, pdf_of

ACTIONS, LIMIT, TIMES = 620, 1.5, 2
WORDS = "Each faculty asks its technical services managers; the working group looks at the answers every term. "


def content(on: str, *, later: bool) -> dict[str, Any]:
    """A plan of many actions, as it was frozen: each third one moved, each fifth slipped, each seventh is red."""
    actions = []
    for n in range(ACTIONS):
        red, moved = n % 7 == 0, n % 3 == 0 and later
        update = {
            "unit": "", "period": "Spring", "status": "", "rag": "red" if red else "green", "text": WORDS * 2, "next_step": "",
            "reason": WORDS if red else "", "recovery": WORDS if red else "", "evidence": "", "given_by": "", "said_on": on,
        }  # fmt: skip
        actions.append(
            {
                "id": n, "code": f"A{n}", "title": WORDS, "theme": "", "owners": ["TSM", "HR"], "success": WORDS, "usual": False,
                "status": "complete" if moved else "in_progress", "rag": update["rag"], "ends": "2027-06" if n % 5 or not later else "2027-12",
                "when": "June 2027", "last_day": "2027-06-30", "heard_on": on if n % 4 else "", "milestones": [], "updates": [update],
                "measures": [{"id": n, "aim": "At least 4 talks", "stands_at": "2 on 1 May 2027", "share": 50, "is_met": False}],
            }
        )  # fmt: skip
    covered = {"framework": "TALENT", "answered": 11, "asked": 16, "gaps": ["R4", "R8"]}
    return {
        "version": 1,
        "taken_on": on,
        "plan": {"title": "A plan", "period": ""},
        "actions": actions,
        "coverage": [covered],
    }


def best(work: Callable[[], Any]) -> tuple[float, Any]:
    times, answer = [], None
    for _ in range(TIMES):
        began = time.process_time()
        answer = work()
        times.append(time.process_time() - began)
    return min(times), answer


def main() -> int:
    import django

    django.setup()
    from desaga.documents.out import Imprint
    from desaga.reviews.models import Review
    from desaga.reviews.packs import pack_of
    from desaga.reviews.papers import pack_paper
    from desaga.ui.fonts import font_files

    imprint = Imprint("Review of a plan", "Northmoor University", date(2027, 6, 1), font_files())
    review = Review(meets_on=date(2027, 6, 1))
    before, now = content("2027-03-01", later=False), content("2027-06-01", later=True)

    def page() -> str:
        return page_of_paper(pack_paper(review, pack_of(now, before), []), imprint)

    finished = page()
    bare, _ = best(lambda: bare_pdf(finished))
    ours, file = best(lambda: pdf_of(page()))
    ratio = ours / bare
    print(
        f"pack of {pages_of(file)} pages, {ACTIONS} actions: {ours:.1f} s; WeasyPrint alone {bare:.1f} s, ratio {ratio:.2f}, limit {LIMIT}"
    )
    compared, _ = best(lambda: pack_of(now, before))
    print(f"two states of {ACTIONS} actions compared in {compared * 1000:.0f} ms")
    return int(ratio > LIMIT or pages_of(file) < 100)


def bare_pdf(page: str) -> bytes:
    """The page as WeasyPrint writes it by itself: no tags, nothing finished."""
    import logging

    from weasyprint import HTML

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    content: bytes = HTML(string=page).write_pdf()
    return content


def pages_of(file: bytes) -> int:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(file)) as pdf:
        return len(pdf.pages)


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desaga.config.settings")
    sys.exit(main())
