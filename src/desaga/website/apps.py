from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "desaga.website"
    label = "website"
    verbose_name = "Website"
