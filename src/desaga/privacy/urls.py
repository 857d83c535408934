from django.urls import path

from .views import own, people, record, retention

app_name = "privacy"

HERE = "o/<slug:organisation_slug>/privacy/"

urlpatterns = [
    path("account/data/", own.ShowOwnDataView.as_view(), name="show_own_data"),
    path("account/data/object/", own.ObjectView.as_view(), name="object"),
    path("account/data/<int:pk>.<slug:format>", own.TakeOwnDataView.as_view(), name="take_own_data"),
    path(HERE, record.ShowRecordView.as_view(), name="show_record"),
    path(f"{HERE}data-map/", record.ShowDataMapView.as_view(), name="show_data_map"),
    path(f"{HERE}papers/<slug:paper>.<slug:format>", record.TakePaperOutView.as_view(), name="take_paper_out"),
    path(f"{HERE}processing/<slug:key>/", record.DescribeProcessingView.as_view(), name="describe_processing"),
    path(f"{HERE}contact/", record.NameContactView.as_view(), name="name_contact"),
    path(f"{HERE}retention/", retention.ShowRetentionView.as_view(), name="show_retention"),
    path(f"{HERE}retention/<slug:key>/", retention.KeepRetentionView.as_view(), name="keep_retention"),
    path(f"{HERE}accesses/", people.ListAccessesView.as_view(), name="list_accesses"),
    path(f"{HERE}person/", people.TakePersonOutView.as_view(), name="take_person_out"),
    path(f"{HERE}objections/", people.ListObjectionsView.as_view(), name="list_objections"),
    path(f"{HERE}objections/enter/", people.EnterObjectionView.as_view(), name="enter_objection"),
    path(f"{HERE}objections/<int:pk>/", people.ShowObjectionView.as_view(), name="show_objection"),
]
