"""Templates keep to the strict Content-Security-Policy, carry the forgery token, and work without script; and nothing is
declared safe to show unescaped outside `ui`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

TAG = re.compile(r"<[a-zA-Z](?:[^>{]|\{\{.*?\}\}|\{%.*?%\}|\{)*>", re.S)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.S)
FORM = re.compile(r"<form\b.*?</form>", re.S | re.I)
INLINE = (
    (re.compile(r"<script\b(?![^>]*\bsrc=)", re.I), "an inline script: the policy forbids it; serve a file"),
    (re.compile(r"<style\b", re.I), "an inline style sheet: the policy forbids it; write it in ui/assets"),
    (re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I | re.S), "a style attribute: the policy forbids it; use a class"),
    (re.compile(r"<[a-z][^>]*\son[a-z]+\s*=\s*[\"']", re.I | re.S), "an on… handler: the policy forbids it"),
    (re.compile(r"javascript:", re.I), "a javascript: address: the policy forbids it"),
)


def problems(files: Mapping[str, str]) -> Iterator[str]:
    """What is wrong in the templates among `files`. E-mails may style themselves: no policy reaches them."""
    for path, text in files.items():
        if path.startswith("src/") and path.endswith(".py") and not path.startswith("src/desaga/ui/"):
            yield from _unescaped(path, text)
        if "/templates/" not in path or not path.endswith(".html"):
            continue
        plain = COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
        if not path.startswith("src/desaga/ui/"):
            yield from _told_safe(path, plain)
        if "/email/" not in path:
            yield from _inline(path, plain)
        yield from _forms(path, plain)
        yield from _htmx(path, plain)


def _unescaped(path: str, text: str) -> Iterator[str]:
    for found in re.finditer(r"\bmark_safe\(|\bSafeString\(", text):
        yield f"{path}:{_line(text, found.start())}: {found.group()}…) outside ui: use format_html, or a component of ui"


def _told_safe(path: str, text: str) -> Iterator[str]:
    for found in re.finditer(r"\|\s*safe\b|\{%\s*autoescape off", text):
        yield f"{path}:{_line(text, found.start())}: unescaped text: use a component of ui"


def _inline(path: str, text: str) -> Iterator[str]:
    for pattern, complaint in INLINE:
        for found in pattern.finditer(text):
            yield f"{path}:{_line(text, found.start())}: {complaint}"


def _forms(path: str, text: str) -> Iterator[str]:
    for form in FORM.finditer(text):
        opening = form.group().split(">", 1)[0].lower()
        if 'method="post"' in opening and "csrf_token" not in form.group():
            yield f"{path}:{_line(text, form.start())}: a form that posts without {{% csrf_token %}}"


def _htmx(path: str, text: str) -> Iterator[str]:
    for tag in TAG.finditer(text):
        words = tag.group()
        needed = "href=" if words.startswith("<a") else "action=" if words.startswith("<form") else None
        if needed and re.search(r"\shx-(get|post)=", words) and needed not in words:
            yield f"{path}:{_line(text, tag.start())}: htmx without {needed[:-1]}: it must work without script"


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
