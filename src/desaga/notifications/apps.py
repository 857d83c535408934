from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "desaga.notifications"
    label = "notifications"
    verbose_name = "Notifications"
