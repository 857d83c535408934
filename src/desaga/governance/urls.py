"""All of it stands under `/o/<organisation slug>/`."""

from django.urls import path

from .views import budget, champions, groups

app_name = "governance"

GROUP, YEAR = "groups/<int:pk>/", "budget/<int:year>/"
LINE = f"{YEAR}lines/<int:pk>/"

urlpatterns = [
    path("groups/", groups.ListGroupsView.as_view(), name="list_groups"),
    path("groups/add/", groups.AddGroupView.as_view(), name="add_group"),
    path(GROUP, groups.ShowGroupView.as_view(), name="show_group"),
    path(f"{GROUP}edit/", groups.EditGroupView.as_view(), name="edit_group"),
    path(f"{GROUP}close/", groups.CloseGroupView.as_view(), name="close_group"),
    path(f"{GROUP}seats/give/", groups.GiveSeatView.as_view(), name="give_seat"),
    path(f"{GROUP}seats/<int:seat>/edit/", groups.EditSeatView.as_view(), name="edit_seat"),
    path(f"{GROUP}seats/<int:seat>/end/", groups.EndSeatView.as_view(), name="end_seat"),
    path(f"{GROUP}terms/agree/", groups.AgreeTermsView.as_view(), name="agree_terms"),
    path(f"{GROUP}terms/<int:number>/", groups.ShowTermsView.as_view(), name="show_terms"),
    path("champions/", champions.ListChampionsView.as_view(), name="list_champions"),
    path("champions/name/", champions.NameChampionView.as_view(), name="name_champion"),
    path("champions/<int:pk>/end/", champions.EndChampionView.as_view(), name="end_champion"),
    path("champions.<slug:format>", champions.TakeChampionsOutView.as_view(), name="take_champions_out"),
    path("budget/", budget.ShowCurrentBudgetView.as_view(), name="show_current_budget"),
    path(YEAR, budget.ShowBudgetView.as_view(), name="show_budget"),
    path(f"{YEAR}beside/", budget.CompareYearsView.as_view(), name="compare_years"),
    path(f"{YEAR}copy/", budget.CopyLinesView.as_view(), name="copy_lines"),
    path(f"{YEAR}lines/add/", budget.AddLineView.as_view(), name="add_line"),
    path(f"{YEAR}budget.<slug:format>", budget.TakeBudgetOutView.as_view(), name="take_budget_out"),
    path(LINE, budget.ShowLineView.as_view(), name="show_line"),
    path(f"{LINE}edit/", budget.EditLineView.as_view(), name="edit_line"),
    path(f"{LINE}remove/", budget.RemoveLineView.as_view(), name="remove_line"),
    path(f"{LINE}entries/add/", budget.AddEntryView.as_view(), name="add_entry"),
    path(f"{LINE}entries/<int:entry>/edit/", budget.EditEntryView.as_view(), name="edit_entry"),
    path(f"{LINE}entries/<int:entry>/remove/", budget.RemoveEntryView.as_view(), name="remove_entry"),
]
