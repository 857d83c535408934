from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "desaga.reviews"
    label = "reviews"
    verbose_name = "Reviews"

    def ready(self) -> None:
        from desaga.evidence import records
        from desaga.governance.meetings import tell_meetings
        from desaga.plans.sections import add_section
        from desaga.plans.tabs import add_tab
        from desaga.rounds.calendars import add_dates
        from desaga.ui import waiting

        from .evidencing import DecisionRecords
        from .presenting import section_of
        from .queries import dates_of, next_meetings
        from .waiting import packs_to_read, reviews_to_hold, tasks_to_do

        add_tab(
            label="Reviews",
            url_name="reviews:list_reviews",
            permission="plans.see_plans",
            after="plans:show_plan_units",
        )
        add_section(section_of)
        add_dates(dates_of)
        tell_meetings(next_meetings)
        records.register(DecisionRecords())
        waiting.register(reviews_to_hold)
        waiting.register(packs_to_read)
        waiting.register(tasks_to_do)
