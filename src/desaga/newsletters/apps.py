from __future__ import annotations

from django.apps import AppConfig


class NewslettersConfig(AppConfig):
    name = "desaga.newsletters"
    label = "newsletters"
    verbose_name = "Newsletters"

    def ready(self) -> None:
        from desaga.consents import uses
        from desaga.notifications.signals import mail_bounced
        from desaga.organisations.templatetags.organisations import TABS, add_tab

        from . import private
        from .consenting import follow_renewal, strike_with_consent, uses_of_consent
        from .receivers import hear_of_mail

        private.register()
        uses.register(uses_of_consent)
        uses.listen(on_end=strike_with_consent, on_replace=follow_renewal)
        mail_bounced.connect(hear_of_mail, dispatch_uid="newsletters.hear_of_mail")
        TABS.setdefault("stories", ())
        add_tab("stories", label="Newsletter", url_name="newsletters:list_issues", permission="newsletters.see")
