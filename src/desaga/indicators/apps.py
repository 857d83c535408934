from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "desaga.indicators"
    label = "indicators"
    verbose_name = "Indicators"
