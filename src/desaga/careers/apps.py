from __future__ import annotations

from django.apps import AppConfig

#: The pages of careers, as tabs: label, URL name, permission.
PAGES = (
    ("Questions", "list_questions", "answer"),
    ("Schools", "list_interests", "answer"),
    ("Doors", "set_doors", "open_doors"),
    ("Routes and titles", "list_entries", "write_entries"),
)


class CareersConfig(AppConfig):
    name = "desaga.careers"
    label = "careers"
    verbose_name = "Careers"

    def ready(self) -> None:
        from desaga.consents import uses
        from desaga.organisations.templatetags.organisations import TABS, add_tab
        from desaga.ui import waiting

        from . import private
        from .operations.questions import end_with_consent, follow_renewal
        from .using import uses_of_consent
        from .waiting import careers_waiting

        private.register()
        uses.register(uses_of_consent)
        uses.listen(on_end=end_with_consent, on_replace=follow_renewal)
        waiting.register(careers_waiting)
        TABS.setdefault("careers", ())
        for label, name, permission in PAGES:
            add_tab("careers", label=label, url_name=f"careers:{name}", permission=f"careers.{permission}")
        add_tab(
            "organisation",
            label="Careers",
            url_name="careers:list_questions",
            permission="careers.answer",
            after="list_entries",
        )
