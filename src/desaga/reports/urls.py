from django.urls import path

from desaga.organisations.middleware import opens_without_standing

from .views import kinds, official, reports, sections, signing

app_name = "reports"

HERE = "o/<slug:organisation_slug>/"
OF_PLAN, REPORT = f"{HERE}plans/<int:plan_pk>/reports/", f"{HERE}reports/<int:pk>/"
SECTION, FORM = f"{REPORT}sections/<int:section_pk>/", f"{REPORT}forms/<int:form_pk>/"
KIND = f"{HERE}reports/kinds/<slug:key>/"

urlpatterns = [
    path(OF_PLAN, reports.ListReportsView.as_view(), name="list_reports"),
    path(f"{OF_PLAN}start/<slug:kind>/", reports.StartReportView.as_view(), name="start_report"),
    path(REPORT, reports.ShowReportView.as_view(), name="show_report"),
    path(f"{REPORT}edit/", reports.EditReportView.as_view(), name="edit_report"),
    path(f"{REPORT}draft/", reports.RedraftView.as_view(), name="redraft"),
    path(f"{REPORT}report.<slug:format>", reports.TakeReportOutView.as_view(), name="take_report_out"),
    path(SECTION, sections.ShowSectionView.as_view(), name="show_section"),
    path(f"{SECTION}write/", sections.WriteSectionView.as_view(), name="write_section"),
    path(f"{SECTION}add-draft/", sections.AddDraftView.as_view(), name="add_draft"),
    path(f"{SECTION}comment/", sections.CommentView.as_view(), name="comment"),
    path(f"{REPORT}comments/<int:comment_pk>/resolve/", sections.ResolveView.as_view(), name="resolve"),
    path(f"{REPORT}send/", signing.SendView.as_view(), name="send_report"),
    path(f"{REPORT}take-back/", signing.TakeBackView.as_view(), name="take_back"),
    path(f"{REPORT}sign-off/", signing.SignOffView.as_view(), name="sign_off"),
    path(
        "sign-off/<slug:organisation_slug>/",
        opens_without_standing(signing.SignByLinkView.as_view()),
        name="sign_by_link",
    ),
    path(f"{HERE}reports/head/", signing.StateHeadView.as_view(), name="state_head"),
    path(f"{HERE}reports/kinds/", kinds.ListKindsView.as_view(), name="list_kinds"),
    path(f"{HERE}reports/kinds/add/", kinds.AddKindView.as_view(), name="add_kind"),
    path(KIND, kinds.ShowKindView.as_view(), name="show_kind"),
    path(f"{KIND}add/", kinds.AddKindSectionView.as_view(), name="add_kind_section"),
    path(f"{KIND}edit/", kinds.EditKindView.as_view(), name="edit_kind"),
    path(f"{KIND}remove/", kinds.RemoveKindView.as_view(), name="remove_kind"),
    path(f"{KIND}due/", kinds.EditDueView.as_view(), name="edit_due"),
    path(f"{KIND}shipped/", kinds.GoBackView.as_view(), name="go_back_to_shipped"),
    path(f"{KIND}sections/<slug:section>/", kinds.EditKindSectionView.as_view(), name="edit_kind_section"),
    path(f"{KIND}sections/<slug:section>/remove/", kinds.RemoveKindSectionView.as_view(), name="remove_kind_section"),
    path(f"{REPORT}forms/", official.ListFormsView.as_view(), name="list_forms"),
    path(FORM, official.MatchFormView.as_view(), name="match_form"),
    path(f"{FORM}filled.docx", official.FillFormView.as_view(), name="fill_form"),
]
