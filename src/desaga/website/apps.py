from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "desaga.website"
    label = "website"
    verbose_name = "Website"

    def ready(self) -> None:
        from desaga.organisations.templatetags.organisations import add_tab

        add_tab("organisation", label="Website", url_name="website:show_site", permission="website.edit")
