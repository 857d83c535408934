import pytest
from hypothesis import given
from hypothesis import strategies as st

from desaga.organisations.states import Role

from ..mapping import outcomes, roles_given, values_of
from ..models import RoleRule
from ..states import Operator


def rule(operator=Operator.EQUALS, values=("lab",), role=Role.CHAMPION, unit_id=None, attribute="groups"):
    return RoleRule(attribute=attribute, operator=operator, values=list(values), role=role, unit_id=unit_id)


@pytest.mark.parametrize(
    ("operator", "values", "claimed", "met"),
    [
        (Operator.EQUALS, ["lab"], "lab", True),
        (Operator.EQUALS, ["lab"], ["staff", "lab"], True),
        (Operator.EQUALS, ["lab"], "Lab", False),
        (Operator.EQUALS, ["lab"], "labs", False),
        (Operator.ONE_OF, ["lab", "workshop"], ["workshop"], True),
        (Operator.ONE_OF, ["lab", "workshop"], "work", False),
        (Operator.CONTAINS, ["chem"], "dept-chemistry", True),
        (Operator.CONTAINS, ["chem"], "physics", False),
        (Operator.EQUALS, ["true"], True, True),
        (Operator.EQUALS, ["7"], 7, True),
        (Operator.EQUALS, ["lab"], None, False),
        (Operator.EQUALS, ["lab"], {"lab": "lab"}, False),
        (Operator.EQUALS, ["lab"], [["lab"]], False),
    ],
)
def test_a_rule_is_met(operator, values, claimed, met):
    assert [o.met is not None for o in outcomes([rule(operator, values)], {"groups": claimed})] == [met]


def test_an_attribute_may_be_nested_or_have_a_dot_in_its_name():
    assert values_of({"realm": {"roles": ["a", "b"]}}, "realm.roles") == ["a", "b"]
    assert values_of({"realm.roles": "c", "realm": {"roles": "a"}}, "realm.roles") == ["c"]
    assert values_of({"realm": "a"}, "realm.roles") == []


WIDE = rule(Operator.CONTAINS, ["lab"])
CLOSE = rule(Operator.EQUALS, ["lab-chemistry"], unit_id=7)
AS_CLOSE = rule(Operator.EQUALS, ["lab-physics"], unit_id=8)
READER = rule(Operator.CONTAINS, ["lab"], role=Role.READER)


@pytest.mark.parametrize(
    ("rules", "groups", "given"),
    [
        ([WIDE, CLOSE], ["lab-chemistry"], {(Role.CHAMPION, 7)}),
        ([CLOSE, WIDE], ["lab-biology"], {(Role.CHAMPION, None)}),
        ([WIDE, CLOSE, AS_CLOSE], ["lab-chemistry", "lab-physics"], {(Role.CHAMPION, 7), (Role.CHAMPION, 8)}),
        ([CLOSE, READER], ["lab-chemistry"], {(Role.CHAMPION, 7), (Role.READER, None)}),
        ([CLOSE, READER], ["office"], set()),
        ([], ["lab"], set()),
    ],
)
def test_the_most_specific_rule_of_each_role_wins(rules, groups, given):
    assert roles_given(outcomes(rules, {"groups": groups})) == given


def test_it_says_why():
    assert [o.why for o in outcomes([WIDE, CLOSE, AS_CLOSE], {"groups": ["lab-chemistry"]})] == [
        "groups holds “lab-chemistry”, but a more specific rule gives this role.",
        "groups holds “lab-chemistry”.",
        "groups holds nothing that fits.",
    ]


TEXT = st.text("abc", min_size=1, max_size=3)
RULES = st.lists(
    st.builds(
        rule,
        operator=st.sampled_from(Operator),
        values=st.lists(TEXT, min_size=1, max_size=2),
        role=st.sampled_from([Role.CHAMPION, Role.UNIT_LEAD, Role.READER]),
        unit_id=st.sampled_from([None, 7, 8]),
    ),
    max_size=5,
)


@given(RULES, st.lists(TEXT, max_size=3))
def test_a_role_is_given_exactly_where_a_rule_for_it_is_met_in_whatever_order(rules, groups):
    found = outcomes(rules, {"groups": groups})
    given_roles = roles_given(found)
    assert {role for role, _ in given_roles} == {o.rule.role for o in found if o.met is not None}
    assert roles_given(outcomes(rules[::-1], {"groups": groups[::-1]})) == given_roles
