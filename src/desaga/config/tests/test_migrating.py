"""Migrating makes anew only the classes that a step changes, a step in Python still finds all of them new, and what others wrote comes first."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from desaga.config.management.commands.migrate import only_what_changes, others_first


@pytest.fixture
def state() -> ProjectState:
    """A university with plans, which have actions."""
    state = ProjectState()
    for name, of in (("University", None), ("Plan", "University"), ("Action", "Plan")):
        key = [("of", models.ForeignKey(f"uni.{of}", models.CASCADE))] if of else []
        state.add_model(ModelState("uni", name, [("id", models.AutoField(primary_key=True)), *key]))
    assert len(list(state.apps.get_models())) == 3
    return state


def made_anew(state: ProjectState, before: dict[str, type]) -> set[str]:
    return {name for name, model in state.apps.all_models["uni"].items() if before.get(name) is not model}


def test_a_rule_on_a_model_makes_its_class_anew_and_no_other(state: ProjectState) -> None:
    before = dict(state.apps.all_models["uni"])
    with only_what_changes():
        state.add_constraint("uni", "plan", models.UniqueConstraint(fields=["of"], name="one"))
    assert made_anew(state, before) == {"plan"}


def test_a_new_model_makes_no_other_anew_and_is_found_from_the_one_it_points_to(state: ProjectState) -> None:
    before = dict(state.apps.all_models["uni"])
    with only_what_changes():
        fields = [("id", models.AutoField(primary_key=True)), ("plan", models.ForeignKey("uni.Plan", models.CASCADE))]
        state.add_model(ModelState("uni", "Note", fields))
    assert made_anew(state, before) == {"note"}
    assert "note" in {relation.name for relation in state.apps.get_model("uni", "Plan")._meta.related_objects}


def test_a_new_relation_makes_the_model_anew_that_has_it_and_is_found_from_the_other(state: ProjectState) -> None:
    before = dict(state.apps.all_models["uni"])
    with only_what_changes():
        key = models.ForeignKey("uni.University", models.CASCADE, null=True, related_name="seen")
        state.add_field("uni", "action", "seen_by", key, preserve_default=True)
    assert made_anew(state, before) == {"action"}
    assert "seen" in {relation.name for relation in state.apps.get_model("uni", "University")._meta.related_objects}


def test_a_changed_key_makes_all_anew_and_is_found_from_those_that_refer_to_it(state: ProjectState) -> None:
    before = dict(state.apps.all_models["uni"])
    with only_what_changes():
        state.add_field("uni", "university", "name", models.CharField(max_length=9), preserve_default=True)
        assert made_anew(state, before) == {"university"}
        state.alter_field("uni", "university", "id", models.BigAutoField(primary_key=True), preserve_default=True)
    assert made_anew(state, before) == {"university", "plan", "action"}
    (plans,) = state.apps.get_model("uni", "University")._meta.related_objects
    assert plans.field.db_type(connection) == "bigint"


def test_a_step_in_python_finds_every_class_new(state: ProjectState) -> None:
    with only_what_changes():
        state.add_field("uni", "plan", "title", models.CharField(max_length=9, default=""), preserve_default=True)
    state.clear_delayed_apps_cache()  # what Django does before such a step
    held = state.apps.get_model("uni", "Action")._meta.get_field("of").remote_field.model
    assert held is state.apps.get_model("uni", "Plan")
    assert "title" in {field.name for field in held._meta.get_fields()}


def test_afterwards_django_does_as_it_always_did(state: ProjectState) -> None:
    usual = (ProjectState._find_reload_model, ProjectState.add_field, MigrationGraph.leaf_nodes)
    with pytest.raises(RuntimeError), only_what_changes(), others_first():
        raise RuntimeError
    assert (ProjectState._find_reload_model, ProjectState.add_field, MigrationGraph.leaf_nodes) == usual


def test_what_others_wrote_is_migrated_first() -> None:
    graph = MigrationLoader(None).graph
    with others_first():
        found = graph.leaf_nodes()
    ours = [apps.get_app_config(label).name.startswith("desaga.") for label, _name in found]
    assert sorted(found) == graph.leaf_nodes()
    assert ours == sorted(ours)
    assert {*ours} == {True, False}
