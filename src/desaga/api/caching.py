"""Answers that need not be sent again to whoever has them."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

OK = 200


def unless_known(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer with an ETag of its content, or 304 where the asker has that content (`If-None-Match`).

    Weak, since a proxy may compress it. Only answers that went well; no shared cache may keep them, and the asker asks each time.
    """
    if answer.status_code != OK:
        return answer
    etag = f'W/"{sha256(answer.content).hexdigest()[:40]}"'
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Authorization"])
    return get_conditional_response(request, etag=etag, response=answer)
