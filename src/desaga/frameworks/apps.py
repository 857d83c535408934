from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    name = "desaga.frameworks"
    label = "frameworks"
    verbose_name = "Frameworks"
