from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from desaga.plans.operations.imports import LARGEST_DOCUMENT
from desaga.workforce.operations.handing import LARGEST_EXTRACT

A_CHUNK = 64 * 1024


def sent(*sizes):
    files = {f"file{number}": SimpleUploadedFile("plan.txt", b"x" * size) for number, size in enumerate(sizes)}
    request = RequestFactory().post("/", files)
    kept = [request.FILES[name].size for name in files]
    request.close()
    return kept


def test_what_is_beyond_the_limit_is_not_kept(settings):
    settings.LARGEST_UPLOAD = 3_000_000
    (kept,) = sent(9_000_000)
    assert settings.LARGEST_UPLOAD < kept <= settings.LARGEST_UPLOAD + A_CHUNK


def test_the_files_of_one_request_share_the_limit(settings):
    settings.LARGEST_UPLOAD = 3_000_000
    assert sum(sent(2_000_000, 2_000_000, 2_000_000)) <= settings.LARGEST_UPLOAD + A_CHUNK


def test_a_file_within_the_limit_is_whole(settings):
    settings.LARGEST_UPLOAD = 3_000_000
    assert sent(3_000_000) == [3_000_000]


def test_the_largest_document_and_the_largest_extract_arrive(settings):
    assert max(LARGEST_DOCUMENT, LARGEST_EXTRACT) <= settings.LARGEST_UPLOAD
