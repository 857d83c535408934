from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "desaga.organisations"
    label = "organisations"
    verbose_name = "Organisations and people"
