from __future__ import annotations

from django.apps import AppConfig

#: The pages of stories, as tabs: label, URL name, permission.
PAGES = (
    ("Stories", "list_stories", "see"),
    ("Calls", "list_calls", "see"),
    ("Fields", "keep_fields", "edit"),
)


class StoriesConfig(AppConfig):
    name = "desaga.stories"
    label = "stories"
    verbose_name = "Stories"

    def ready(self) -> None:
        from desaga.consents import uses
        from desaga.evidence import records
        from desaga.indicators import registry
        from desaga.organisations.templatetags.organisations import TABS, add_tab
        from desaga.placements import offering
        from desaga.ui import waiting

        from . import private
        from .evidencing import StoryRecords
        from .indicators import SOURCE
        from .operations.publishing import end_with_consent, follow_renewal
        from .using import StoryOffers, uses_of_consent
        from .waiting import stories_waiting

        offering.register(StoryOffers())
        private.register()
        uses.register(uses_of_consent)
        uses.listen(on_end=end_with_consent, on_replace=follow_renewal)
        records.register(StoryRecords())
        registry.register(SOURCE)
        waiting.register(stories_waiting)
        TABS.setdefault("stories", ())
        for label, name, permission in PAGES:
            add_tab("stories", label=label, url_name=f"stories:{name}", permission=f"stories.{permission}")
        add_tab(
            "organisation",
            label="Stories",
            url_name="stories:list_stories",
            permission="stories.see",
            after="list_entries",
        )
