from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "desaga.activities"
    label = "activities"
    verbose_name = "Activities"

    def ready(self) -> None:
        from desaga.indicators import registry
        from desaga.organisations.templatetags.organisations import add_tab

        from .indicators import SOURCE

        registry.register(SOURCE)
        add_tab(
            "people",
            label="Activities",
            url_name="activities:list_activities",
            permission="activities.see_activities",
        )
