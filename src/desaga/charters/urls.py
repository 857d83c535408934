from django.urls import path

from .views import charters, public, signatures

app_name = "charters"

OWN = "o/<slug:organisation_slug>/charters/"
ONE = f"{OWN}signatures/<int:pk>/"
A_REPORT = f"{ONE}reports/<int:year>/"

urlpatterns = [
    path(OWN, charters.ListChartersView.as_view(), name="list_charters"),
    path(f"{OWN}keep/", charters.KeepCharterView.as_view(), name="keep_charter"),
    path(f"{OWN}keep/<slug:key>/", charters.KeepShippedView.as_view(), name="keep_shipped"),
    path(f"{OWN}open/<int:pk>/begin/", charters.BeginToSignView.as_view(), name="begin_to_sign"),
    path(ONE, signatures.ShowSignatureView.as_view(), name="show_signature"),
    path(f"{ONE}sign/", signatures.SignView.as_view(), name="sign"),
    path(f"{ONE}withdraw/", signatures.WithdrawView.as_view(), name="withdraw"),
    path(f"{ONE}confirm/", signatures.ConfirmSignatureView.as_view(), name="confirm_signature"),
    path(f"{ONE}give-back/", signatures.GiveBackView.as_view(), name="give_back"),
    path(f"{ONE}lapse/", signatures.LetLapseView.as_view(), name="let_lapse"),
    path(f"{ONE}restore/", signatures.RestoreSignatureView.as_view(), name="restore_signature"),
    path(f"{ONE}place/", signatures.PlaceSignatureView.as_view(), name="place_signature"),
    path(f"{ONE}reports/", signatures.BeginReportView.as_view(), name="begin_report"),
    path(A_REPORT, signatures.WriteReportView.as_view(), name="write_report"),
    path(f"{A_REPORT}publish/", signatures.PublishReportView.as_view(), name="publish_report"),
    path(f"{A_REPORT}hide/", signatures.HideReportView.as_view(), name="hide_report"),
    path(f"{OWN}kept/<slug:slug>/", charters.ShowCharterView.as_view(), name="show_charter"),
    path(f"{OWN}kept/<slug:slug>/change/", charters.ChangeCharterView.as_view(), name="change_charter"),
    path(f"{OWN}kept/<slug:slug>/publish/", charters.PublishCharterView.as_view(), name="publish_charter"),
    path(f"{OWN}kept/<slug:slug>/hide/", charters.HideCharterView.as_view(), name="hide_charter"),
    path(f"{OWN}kept/<slug:slug>/offer/", charters.OfferCharterView.as_view(), name="offer_charter"),
    path(f"{OWN}kept/<slug:slug>/enter/", charters.EnterSignatureView.as_view(), name="enter_signature"),
    path(
        "charters/<slug:owner>/<slug:slug>/signatories.csv",
        public.TakeSignatoriesView.as_view(),
        name="take_signatories",
    ),
]
