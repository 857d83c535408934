from __future__ import annotations

from django.apps import AppConfig


class UnionLearningConfig(AppConfig):
    name = "desaga.union_learning"
    label = "union_learning"
    verbose_name = "Union learning"

    def ready(self) -> None:
        from desaga.audit.queries import seal
        from desaga.organisations.templatetags.organisations import add_tab

        seal("union_learning.support")
        add_tab(
            "organisation", label="Members I support", url_name="union_learning:list_members", permission="union_learning.support_members"
        )  # fmt: skip
