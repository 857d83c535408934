"""What must hold of the settings for mail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from .addresses import new_bounce_key, return_address


@register()
def return_address_is_one(**kwargs: Any) -> list[CheckMessage]:
    """Refuse a return address that would not be one with a key in it: every mail would be refused for it."""
    if not settings.MAIL_RETURN:
        return []
    try:
        validate_email(return_address(new_bounce_key()))
    except ValidationError:
        return [Error("DESAGA_MAIL_RETURN must be an e-mail address.", id="desaga.E002")]
    return []
