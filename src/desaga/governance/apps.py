from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "desaga.governance"
    label = "governance"
    verbose_name = "Governance"

    def ready(self) -> None:
        from desaga.organisations.templatetags.organisations import add_tab
        from desaga.ui import waiting

        from .waiting import terms_to_review

        everybody, before = "organisations.see_organisation", "list_units"
        for label, name, permission in (
            ("Groups", "governance:list_groups", everybody),
            ("Champions", "governance:list_champions", everybody),
            ("Budget", "governance:show_current_budget", "governance.see_budget"),
        ):
            add_tab("organisation", label=label, url_name=name, permission=permission, after=before)
            before = name
        waiting.register(terms_to_review)
