"""The one home of what every page shares."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "desaga.ui"
    label = "ui"
    verbose_name = "Look and components"
    default_auto_field = "django.db.models.BigAutoField"
