from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "desaga.website"
    label = "website"
    verbose_name = "Website"

    def ready(self) -> None:
        from wagtail.documents.models import document_served
        from wagtail.signals import page_published

        from desaga.organisations.templatetags.organisations import add_tab
        from desaga.stories import showing

        from .receivers import count_taken, show_stories_that_waited
        from .showing import OnSite

        showing.register(OnSite())
        document_served.connect(count_taken, dispatch_uid="website.count_taken")
        page_published.connect(show_stories_that_waited, dispatch_uid="website.show_stories_that_waited")

        add_tab("organisation", label="Website", url_name="website:show_site", permission="website.edit")
