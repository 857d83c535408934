"""One shape for every mail: words first, one button, and the same words as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template

LETTER = "accounts/email/letter"


def compose(template: str, *, to: str, context: Mapping[str, Any], sender: str = "") -> EmailMultiAlternatives:
    """A mail of `<template>_subject.txt` and `<template>_message.txt`, as plain text and as HTML of the same words.

    The message template holds paragraphs only. `button_label` and `button_url` in the context make the one button,
    `whose_words` the line under it, `organisation` the name and colour at the head.
    """
    organisation = context.get("organisation")
    words = {
        "organisation_name": organisation.name if organisation else "Desaga",
        "accent": organisation.accent if organisation else "",
        **context,
    }
    words["subject"] = " ".join(plainly(f"{template}_subject.txt", words).split())
    words["words"] = plainly(f"{template}_message.txt", words).strip()
    message = EmailMultiAlternatives(
        words["subject"],
        plainly(f"{LETTER}.txt", words).strip() + "\n",
        sender or settings.DEFAULT_FROM_EMAIL,
        [to],
    )
    message.attach_alternative(get_template(f"{LETTER}.html").render(words), "text/html")
    return message


def plainly(name: str, context: Mapping[str, Any]) -> str:
    """A template rendered as plain text: nothing in it is escaped for HTML."""
    return get_template(name).template.render(Context(dict(context), autoescape=False))  # type: ignore[attr-defined]
