from django.urls import path

from .views import figures, holding, public, publishing

app_name = "public"

HERE = "o/<slug:organisation_slug>/"
PLAN = f"{HERE}plans/<int:plan_pk>/"
OPEN = "plans/<slug:owner>/"
ONE = f"{OPEN}<slug:slug>/"

urlpatterns = [
    path(OPEN, public.ListPublicPlansView.as_view(), name="list_public_plans"),
    path(ONE, public.ShowPublicPlanView.as_view(), name="show_public_plan"),
    path(f"{ONE}plan.<slug:format>", public.TakePublicPlanView.as_view(), name="take_public_plan"),
    path(f"{ONE}changes.atom", public.FeedChangesView.as_view(), name="feed_changes"),
    path("figures/<slug:owner>/", figures.ShowPublicFiguresView.as_view(), name="show_public_figures"),
    path("figures/<slug:owner>/figures.csv", figures.TakePublicFiguresView.as_view(), name="take_public_figures"),
    path(f"{PLAN}public/", publishing.ShowPublicationView.as_view(), name="show_publication"),
    path(f"{PLAN}public/edit/", publishing.EditPublicationView.as_view(), name="edit_publication"),
    path(f"{PLAN}public/preview/", publishing.PreviewPublicationView.as_view(), name="preview_publication"),
    path(f"{PLAN}public/publish/", publishing.PublishView.as_view(), name="publish"),
    path(f"{PLAN}public/take-down/", publishing.TakeDownView.as_view(), name="take_down"),
    path(f"{PLAN}public/renew/", publishing.RenewView.as_view(), name="renew"),
    path(f"{PLAN}held/", holding.ShowHeldPlanView.as_view(), name="show_held_plan"),
    path(f"{PLAN}held/edit/", holding.HoldPlanView.as_view(), name="hold_plan"),
    path(f"{PLAN}held/release/", holding.ReleasePlanView.as_view(), name="release_plan"),
    path(f"{PLAN}held/offer/", holding.OfferPlanView.as_view(), name="offer_plan"),
    path(f"{PLAN}held/take-offer-back/", holding.TakeOfferBackView.as_view(), name="take_offer_back"),
    path(f"{HERE}plans/held/", holding.ListHeldPlansView.as_view(), name="list_held_plans"),
    path(f"{HERE}plans/offered/<int:pk>/", holding.AcceptOfferView.as_view(), name="accept_offer"),
]
