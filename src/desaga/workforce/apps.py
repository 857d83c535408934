from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    name = "desaga.workforce"
    label = "workforce"
    verbose_name = "Workforce"
