from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "desaga.public"
    label = "public"
    verbose_name = "Public pages"

    def ready(self) -> None:
        from desaga.plans.origins import tell_origins
        from desaga.plans.public_addresses import add_public_addresses
        from desaga.plans.tabs import add_list_link, add_tab
        from desaga.reviews.signals import review_held
        from desaga.ui import waiting

        from . import receivers
        from .presenting import origin_told
        from .queries import addresses_of, ids_held
        from .waiting import offers_to_accept

        add_tab(
            label="Public page",
            url_name="public:show_publication",
            permission="public.prepare",
            after="plans:show_plan_closing",
        )
        add_tab(
            label="As published",
            url_name="public:show_held_plan",
            permission="public.hold_plan",
            after="plans:show_plan_closing",
        )
        add_list_link(label="Plans held for others", url_name="public:list_held_plans", permission="public.hold_plan")
        tell_origins(origin_told, ids_held)
        add_public_addresses(addresses_of)
        review_held.connect(receivers.note_review, dispatch_uid="public.note_review")
        waiting.register(offers_to_accept)
