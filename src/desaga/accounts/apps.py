from __future__ import annotations

from collections.abc import Callable

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from desaga.ui import navigation, waiting


class AccountsConfig(AppConfig):
    name = "desaga.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from desaga.organisations.templatetags.organisations import add_tab

        from . import receivers
        from .waiting import lapsed_invitations

        receivers.listen()

        for label, section, name, order in (
            ("Your account", "accounts", "accounts:show_account", 20),
            ("Sign out", "sign_out", "account_logout", 30),
        ):
            navigation.register_account(
                navigation.Entry(label=label, section=section, order=order, url=address_for_the_signed_in(name))
            )
        navigation.register_account(navigation.Entry(label="Sign in", section="sign_in", order=40, url=sign_in_address))
        add_tab(
            "people", label="Invitations", url_name="accounts:list_invitations", permission="accounts.invite_people"
        )
        navigation.register_banner(elevation_banner)
        waiting.register(lapsed_invitations)


def address_for_the_signed_in(name: str) -> Callable[[HttpRequest], str | None]:
    def url(request: HttpRequest) -> str | None:
        return reverse(name) if request.user.is_authenticated else None

    return url


def sign_in_address(request: HttpRequest) -> str | None:
    return None if request.user.is_authenticated else reverse("account_login")


def elevation_banner(request: HttpRequest) -> navigation.Banner | None:
    """While somebody who runs the platform acts in an organisation, every page of it says so."""
    elevation = getattr(getattr(request, "membership", None), "elevation", None)
    if elevation is None:
        return None
    until = timezone.localtime(elevation.ends_at)
    sentence = (
        f"You act here as the platform’s administrator until {until:%H:%M}. Each page that you open is written down."
    )
    return navigation.Banner(sentence=sentence, url=reverse("accounts:show_elevation"), label="Step out")
