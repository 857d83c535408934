from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "desaga.evidence"
    label = "evidence"
    verbose_name = "Evidence"

    def ready(self) -> None:
        from desaga.ui import waiting

        from .waiting import evidence_to_look_at, evidence_to_mend

        waiting.register(evidence_to_look_at)
        waiting.register(evidence_to_mend)
