from django.urls import path

from .views import editions, wording

app_name = "frameworks"

ONE = "frameworks/<slug:key>/"

urlpatterns = [
    path("frameworks/", editions.ListFrameworksView.as_view(), name="list_frameworks"),
    path("frameworks/add/", editions.AddFrameworkView.as_view(), name="add_framework"),
    path(ONE, editions.ShowFrameworkView.as_view(), name="show_framework"),
    path(f"{ONE}edit/", editions.EditFrameworkView.as_view(), name="edit_framework"),
    path(f"{ONE}principles/", wording.EditPrinciplesView.as_view(), name="edit_principles"),
    path(f"{ONE}new-edition/", editions.StartEditionView.as_view(), name="start_edition"),
    path(f"{ONE}map/", wording.MapEditionView.as_view(), name="map_edition"),
    path(f"{ONE}put-in-use/", editions.PutInUseView.as_view(), name="put_in_use"),
    path(f"{ONE}take-out-of-use/", editions.TakeOutOfUseView.as_view(), name="take_out_of_use"),
    path(f"{ONE}discard/", editions.DiscardDraftView.as_view(), name="discard_draft"),
]
