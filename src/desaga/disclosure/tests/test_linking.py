import pytest

from desaga.disclosure import INTERNAL, PUBLIC, BadTable, Kind, Table, count_cell, custom
from desaga.disclosure.linking import Linked, protect_linked
from desaga.disclosure.releases import Disclosive, Figure, audit_releases, refuse_disclosive

GRADES = Linked(
    Table(("Chemistry", "Physics"), ("F", "G"), ((3, 20), (30, 9))), {(0, 2): "Chemistry", (1, 2): "Physics"}
)
MODES = Linked(
    Table(("Chemistry", "Physics"), ("Full", "Part"), ((13, 10), (25, 14))), {(0, 2): "Chemistry", (1, 2): "Physics"}
)
PEOPLE = {"Chemistry F": 3, "Chemistry G": 20, "Physics F": 30, "Physics G": 9}
EXACT = custom(0, 1, 0)


def figure(name, groups, policy):
    return Figure(name, frozenset(groups), count_cell(sum(PEOPLE[g] for g in groups), policy), policy)


def test_a_shared_margin_is_hidden_in_both_or_in_neither():
    first, second = protect_linked([GRADES, MODES], custom())
    assert [row[-1].kind for row in first.cells[:2]] == [row[-1].kind for row in second.cells[:2]]
    assert first.cells[0][0].kind is Kind.SUPPRESSED
    assert first.gap == second.gap == 0


def test_tables_that_disagree_are_refused():
    other = Linked(Table(("Chemistry",), ("Full",), ((24,),)), {(0, 1): "Chemistry"})
    with pytest.raises(BadTable, match="“Chemistry” is 23 in one table and 24 in another"):
        protect_linked([GRADES, other], custom())


def test_a_cut_that_lets_people_be_subtracted_out_is_refused_by_name():
    everybody = figure("Chemistry, all", ["Chemistry F", "Chemistry G"], EXACT)
    without = figure("Chemistry, grade G", ["Chemistry G"], EXACT)
    refuse_disclosive([everybody], PEOPLE, custom())
    with pytest.raises(Disclosive, match="Chemistry, all without Chemistry, grade G is known to be exactly 3"):
        refuse_disclosive([everybody, without], PEOPLE, custom())


def test_rounded_figures_leave_the_doubt_that_the_policy_asks():
    groups = [["Chemistry F"], ["Chemistry G"], ["Chemistry F", "Chemistry G"], list(PEOPLE)]
    assert audit_releases([figure(str(one), one, PUBLIC) for one in groups], PEOPLE, PUBLIC) == []
    assert audit_releases([figure(str(one), one, INTERNAL) for one in groups], PEOPLE, INTERNAL) == []


def test_a_second_release_of_the_same_people_under_another_rounding_is_audited_with_the_first():
    group = ["Chemistry F"]
    fives, threes = figure("to 5", group, PUBLIC), figure("to 3", group, custom(0, 3, 0))
    assert audit_releases([fives], PEOPLE, PUBLIC) == []
    found = audit_releases([fives, figure("to 2", group, custom(0, 2, 0)), threes], PEOPLE, PUBLIC)
    assert [(one.least, one.most, one.figures) for one in found] == [(3, 4, ("to 5", "to 2", "to 3"))]


def test_figures_of_other_people_are_refused():
    one = Figure("a", frozenset({"Chemistry F"}), count_cell(3, EXACT), EXACT)
    other = Figure("b", frozenset({"Chemistry F"}), count_cell(4, EXACT), EXACT)
    with pytest.raises(ValueError, match="not of the same people"):
        audit_releases([one, other], PEOPLE, custom())


def test_what_is_hidden_and_stands_alone_is_not_taken_for_a_contradiction():
    hidden = Figure("a", frozenset({"Chemistry F"}), count_cell(3, custom()), custom())
    shown = Figure("b", frozenset({"Chemistry G"}), count_cell(20, custom()), custom())
    whole = Figure("c", frozenset({"Chemistry F", "Physics F"}), count_cell(33, custom(), hidden=True), custom())
    assert audit_releases([hidden, shown], PEOPLE, custom()) == []
    assert audit_releases([hidden, shown, whole], PEOPLE, custom()) == []
    total = Figure("d", frozenset({"Chemistry F", "Chemistry G"}), count_cell(23, EXACT), EXACT)
    assert [one.least for one in audit_releases([hidden, shown, whole, total], PEOPLE, custom())] == [3]
