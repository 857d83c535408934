from django.db import connection

from desaga.organisations.models import Unit
from desaga.organisations.tests.factories import make_world
from desaga.tenancy.context import within


def test_tests_speak_as_the_app(db):
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("desaga_app",)


def test_a_tenant_sees_its_own_units(db):
    world = make_world()
    with within(world.here):
        assert [unit.name for unit in Unit.objects.all()] == ["Faculty of Northmoor"]


def test_transactional(transactional_db):
    world = make_world()
    with within(world.there):
        assert [unit.name for unit in Unit.objects.all()] == ["Faculty of Southmere"]
