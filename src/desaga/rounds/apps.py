from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "desaga.rounds"
    label = "rounds"
    verbose_name = "Rounds"

    def ready(self) -> None:
        from desaga.plans.asking import add_source
        from desaga.plans.tabs import add_tab
        from desaga.ui import waiting

        from . import private, queries, receivers
        from .waiting import plans_to_ask_about, requests_to_answer, rounds_to_chase

        private.register()
        receivers.listen()
        add_source(queries.asked_before)
        add_tab(
            label="Rounds", url_name="rounds:list_rounds", permission="rounds.run_round", after="plans:show_plan_units"
        )
        waiting.register(requests_to_answer)
        waiting.register(rounds_to_chase)
        waiting.register(plans_to_ask_about)
