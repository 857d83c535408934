from django.apps import AppConfig

#: The pages of data protection, as tabs: label, URL name, permission.
PAGES = (
    ("Record of processing", "show_record", "see_record"),
    ("Data map", "show_data_map", "see_record"),
    ("How long data are kept", "show_retention", "see_record"),
    ("Who looked", "list_accesses", "see_accesses"),
    ("Data of one person", "take_person_out", "answer_requests"),
    ("Objections", "list_objections", "answer_objections"),
)


class PrivacyConfig(AppConfig):
    name = "desaga.privacy"
    label = "privacy"
    verbose_name = "Privacy"

    def ready(self) -> None:
        from desaga.accounts.templatetags.accounts import add_account_tab
        from desaga.organisations.templatetags.organisations import TABS, add_tab
        from desaga.ui import waiting

        from . import kinds
        from .waiting import objections_to_answer, times_to_set

        kinds.register()
        waiting.register(objections_to_answer)
        waiting.register(times_to_set)
        add_account_tab("data", "Your data", "privacy:show_own_data")
        TABS.setdefault("privacy", ())
        for label, name, permission in PAGES:
            add_tab("privacy", label=label, url_name=f"privacy:{name}", permission=f"privacy.{permission}")
        add_tab(
            "organisation",
            label="Data protection",
            url_name="privacy:show_record",
            permission="privacy.see_record",
            after="list_entries",
        )
