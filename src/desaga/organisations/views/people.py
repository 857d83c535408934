"""People, employments and roles."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from .. import queries
from ..doors import ConfirmView, WorkspaceFormView, WorkspaceView
from ..forms import EmploymentForm, PeopleFilter, PersonForm, RoleForm
from ..models import Employment, Person, RoleAssignment
from ..operations import people as operations

ROWS_A_PAGE = 50
ORDERS = {"name": "name", "job": "job_title", "unit": "unit_name", "contract": "employed_until"}


class PeopleMixin:
    section = "people"
    permission = "organisations.keep_people"


class ListPeopleView(WorkspaceView):
    section = "people"
    permission = "organisations.see_people"
    template_name = "organisations/list_people.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = PeopleFilter(self.request.GET)
        form.is_valid()
        people = queries.people_listed_for(
            self.request.membership,
            words=form.cleaned_data.get("q", ""),
            unit=form.cleaned_data.get("unit"),
            order=ORDERS.get(self.request.GET.get("sort", ""), "name"),
        )
        page = Paginator(people, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(filter_form=form, page_obj=page, **kwargs)


class OnePersonMixin:
    def person(self) -> Person:
        return get_object_or_404(queries.people_visible_to(self.request.membership), pk=self.kwargs["pk"])  # type: ignore[attr-defined]

    def back(self) -> str:
        return self.address("organisations:show_person", pk=self.kwargs["pk"])  # type: ignore[attr-defined]


class ShowPersonView(OnePersonMixin, WorkspaceView):
    """A colleague, as far as the one who asks may look: everybody may look at themselves."""

    section = "people"
    template_name = "organisations/show_person.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.person()
        return super().get_context_data(
            person=person,
            employments=list(queries.employments_of(person)),
            roles=list(queries.roles_of(person)),
            seats=list(queries.seats_held_by(person)),
            details=queries.details_of(person),
            **kwargs,
        )


class AddPersonView(PeopleMixin, WorkspaceFormView):
    """Two forms on one page: what to call them, and where they work."""

    template_name = "organisations/add_person.html"
    form_class = PersonForm
    title, button, said = "Add a person", "Add the person", "{} is added."
    goes_to = "organisations:list_people"

    def employment_form(self) -> EmploymentForm:
        data = self.request.POST if self.request.method == "POST" else None
        return EmploymentForm(data, organisation=self.organisation, prefix="employment")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("employment_form", self.employment_form())
        return super().get_context_data(**kwargs)

    def form_valid(self, form: PersonForm) -> HttpResponse:
        self.employment = self.employment_form()
        if not self.employment.is_valid():
            return self.render_to_response(self.get_context_data(form=form, employment_form=self.employment))
        return super().form_valid(form)

    def perform(self, form: PersonForm) -> Person:
        return operations.add_person(
            actor=self.request.user,
            organisation=self.organisation,
            employment=self.employment.cleaned_data,
            **form.cleaned_data,
        )


class EditPersonView(OnePersonMixin, PeopleMixin, WorkspaceFormView):
    form_class = PersonForm
    title, button, said = "Change what a person is called", "Save", "{} is saved."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": self.person()}

    def perform(self, form: PersonForm) -> Person:
        return operations.change_person(actor=self.request.user, person=self.person(), **form.cleaned_data)


class EmploymentFormView(OnePersonMixin, PeopleMixin, WorkspaceFormView):
    form_class = EmploymentForm

    def employment(self) -> Employment | None:
        return None

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "organisation": self.organisation,
            "person": self.person(),
            "instance": self.employment(),
        }


class AddEmploymentView(EmploymentFormView):
    title, button, said = "Add an employment", "Add the employment", "{} is added."

    def perform(self, form: EmploymentForm) -> Employment:
        return operations.add_employment(
            actor=self.request.user, organisation=self.organisation, person=self.person(), **form.cleaned_data
        )


class EditEmploymentView(EmploymentFormView):
    title, button, said = "Change an employment", "Save the employment", "{} is saved."

    def employment(self) -> Employment:
        return get_object_or_404(queries.employments_of(self.person()), pk=self.kwargs["employment"])

    def perform(self, form: EmploymentForm) -> Employment:
        return operations.change_employment(actor=self.request.user, employment=self.employment(), **form.cleaned_data)


class ListRolesView(WorkspaceView):
    section = "organisations"
    permission = "organisations.see_roles"
    template_name = "organisations/list_roles.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.roles_held(), ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)


class GiveRoleView(WorkspaceFormView):
    section = "organisations"
    permission = "organisations.give_roles"
    form_class = RoleForm
    title, button, said = "Give a role", "Give the role", "{}."
    goes_to = "organisations:list_roles"

    def get_initial(self) -> dict[str, Any]:
        return {"person": self.request.GET.get("person")}

    def perform(self, form: RoleForm) -> RoleAssignment:
        return operations.give_role(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)


class EndRoleView(ConfirmView):
    section = "organisations"
    permission = "organisations.give_roles"
    title, button, said = "End this role?", "End the role", "{}: the role is ended."
    sentence = "It ends at once. What the person did in it stays recorded."
    goes_to = "organisations:list_roles"

    def thing(self) -> RoleAssignment:
        return get_object_or_404(queries.roles_held(), pk=self.kwargs["pk"])

    def perform(self) -> RoleAssignment:
        return operations.end_role(actor=self.request.user, assignment=self.thing())
