from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "desaga.notifications"
    label = "notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        from desaga.organisations.templatetags.organisations import add_tab
        from desaga.ui import waiting

        from . import checks  # noqa: F401  (registers)
        from .waiting import mail_in_doubt

        waiting.register(mail_in_doubt)

        add_tab(
            "organisation",
            label="Mail",
            url_name="notifications:list_doubtful_mail",
            permission="notifications.settle_mail",
        )
