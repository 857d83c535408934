from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "desaga.website"
    label = "website"
    verbose_name = "Website"

    def ready(self) -> None:
        from django.db.models.signals import post_delete
        from wagtail.documents.models import document_served
        from wagtail.signals import page_published, page_unpublished, post_page_move

        from desaga.careers import keeping
        from desaga.consents import uses
        from desaga.newsletters import offering
        from desaga.organisations import sites
        from desaga.organisations.templatetags.organisations import add_tab
        from desaga.stories import showing
        from desaga.ui import waiting

        from .careers import keeper
        from .offering import OnSite as Offered
        from .operations.consenting import end_with_consent, follow_renewal, uses_of_consent
        from .presenting import site_of
        from .receivers import (
            count_taken,
            drop_card_of_page,
            follow_exhibition,
            settle_people,
            show_stories_that_waited,
        )
        from .retaining import register as keep_no_longer
        from .showing import OnSite
        from .waiting import website_waiting

        keeping.register(keeper)
        waiting.register(website_waiting)
        keep_no_longer()
        showing.register(OnSite())
        sites.register(site_of)
        offering.register(Offered())
        document_served.connect(count_taken, dispatch_uid="website.count_taken")
        page_published.connect(show_stories_that_waited, dispatch_uid="website.show_stories_that_waited")

        page_published.connect(settle_people, dispatch_uid="website.settle_people")
        for signal in (page_published, page_unpublished, post_page_move):
            signal.connect(follow_exhibition, dispatch_uid="website.follow_exhibition")
        page_unpublished.connect(drop_card_of_page, dispatch_uid="website.drop_card_of_page")
        post_delete.connect(drop_card_of_page, dispatch_uid="website.drop_card_of_page")
        post_delete.connect(follow_exhibition, dispatch_uid="website.follow_exhibition")
        uses.register(uses_of_consent)
        uses.listen(on_end=end_with_consent, on_replace=follow_renewal)

        add_tab("organisation", label="Website", url_name="website:show_site", permission="website.edit")
