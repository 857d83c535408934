from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "desaga.rounds"
    label = "rounds"
    verbose_name = "Rounds"

    def ready(self) -> None:
        from desaga.plans.asking import add_source
        from desaga.plans.tabs import add_tab
        from desaga.ui import waiting

        from . import dating, private, queries, receivers
        from .calendars import add_dates
        from .waiting import plans_to_ask_about, requests_to_answer, rounds_to_chase

        private.register()
        receivers.listen()
        add_source(queries.asked_before)
        add_tab(
            label="Rounds", url_name="rounds:list_rounds", permission="rounds.run_round", after="plans:show_plan_units"
        )
        for source in (dating.dates_of_parts, dating.dates_of_usual, dating.dates_of_terms):
            add_dates(source)
        waiting.register(requests_to_answer)
        waiting.register(rounds_to_chase)
        waiting.register(plans_to_ask_about)
