"""What the public page and its preview show of a copy's content: one function for both, so that the preview is what the public will see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desaga.plans.dates import said

from .copying import Content
from .forms import PublicFilterForm
from .presenting import described, grouped, narrowed, period_of, progress_of, rows_of, sentence_of


def page_of(content: Content, query: Mapping[str, str], day: date) -> dict[str, Any]:
    """The context of the page's template."""
    rows, has_status = rows_of(content), "status" in content["parts"]
    themes = list(dict.fromkeys(one.theme for one in rows if one.theme))
    form = PublicFilterForm(query, themes=themes, has_status=has_status)
    form.is_valid()
    found = narrowed(rows, form.cleaned_data)
    sentence = sentence_of(rows, has_status)
    origin = content["origin"]
    return {
        "content": content,
        "title": content["plan"]["title"],
        "period": period_of(content),
        "sentence": sentence,
        "described": described(content, sentence),
        "chart": progress_of(rows, day) if has_status else None,
        "groups": grouped(found),
        "found": len(found),
        "total": len(rows),
        "form": form,
        "contact": content["contact"],
        "reviewed_on": said(content["reviewed_on"]) if content["reviewed_on"] else "",
        "held_for": origin,
        "held_since": said(origin["taken_on"]) if origin else "",
        "day": day,
    }
