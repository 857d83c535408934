from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "desaga.activities"
    label = "activities"
    verbose_name = "Activities"

    def ready(self) -> None:
        from desaga.indicators import registry

        from .indicators import SOURCE

        registry.register(SOURCE)
