from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "desaga.audit"
    label = "audit"
    verbose_name = "Audit"
