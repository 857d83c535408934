from __future__ import annotations

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "desaga.directory"
    label = "directory"
    verbose_name = "Directory"

    def ready(self) -> None:
        from desaga.organisations.templatetags.organisations import TABS, add_tab

        from . import private

        private.register()
        TABS.setdefault("stories", ())
        add_tab("stories", label="Directory", url_name="directory:list_listings", permission="directory.keep")
        add_tab("organisation", label="Directory", url_name="directory:show_own", permission="directory.list_oneself")
