from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "desaga.accounts"
    label = "accounts"
    verbose_name = "Accounts"
