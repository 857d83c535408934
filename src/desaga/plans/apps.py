from django.apps import AppConfig
from django.http import HttpRequest


class PlansConfig(AppConfig):
    name = "desaga.plans"
    label = "plans"
    verbose_name = "Plans"

    def ready(self) -> None:
        from desaga.ui import navigation

        navigation.register(navigation.Entry(label="Plans", section="plans", order=20, url=plans_url))
        navigation.register(navigation.Entry(label="Imports", section="imports", order=30, url=imports_url))


def plans_url(request: HttpRequest) -> str | None:
    """The list of plans, for whoever may see plans here."""
    return _url(request, "plans:list_plans", "plans.see_plans")


def imports_url(request: HttpRequest) -> str | None:
    """The list of imports, for whoever may bring plans in."""
    return _url(request, "plans:list_imports", "plans.bring_in")


def _url(request: HttpRequest, name: str, permission: str) -> str | None:
    from django.urls import reverse

    organisation = getattr(request, "organisation", None)
    if organisation is None or not request.user.has_perm(permission, organisation):
        return None
    return reverse(name, args=[organisation.slug])
