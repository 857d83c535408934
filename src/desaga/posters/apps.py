from __future__ import annotations

from django.apps import AppConfig


class PostersConfig(AppConfig):
    name = "desaga.posters"
    label = "posters"
    verbose_name = "Posters"

    def ready(self) -> None:
        from desaga.consents import uses
        from desaga.stories import showing

        from .consenting import follow_renewal, uses_of_consent

        uses.register(uses_of_consent)
        uses.listen(on_replace=follow_renewal)
        showing.add_deed(showing.Deed("Make a poster", "posters:make_poster"))
