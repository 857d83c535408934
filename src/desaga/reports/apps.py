from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "desaga.reports"
    label = "reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        from desaga.evidence import records
        from desaga.plans.tabs import add_tab
        from desaga.rounds.calendars import add_dates
        from desaga.ui import waiting

        from . import private
        from .evidencing import SignedReportRecords
        from .queries import dates_of
        from .waiting import reports_to_sign, reports_to_write

        add_tab(
            label="Reports",
            url_name="reports:list_reports",
            permission="plans.see_plans",
            after="plans:show_plan_units",
        )
        private.register()
        add_dates(dates_of)
        records.register(SignedReportRecords())
        waiting.register(reports_to_write)
        waiting.register(reports_to_sign)
