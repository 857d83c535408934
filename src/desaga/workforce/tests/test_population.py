from datetime import date
from decimal import Decimal

from desaga.workforce.population import Contract, Person, Population


def test_person_is_counted_by_main_technical_contract() -> None:
    lecturing = Contract(key="a", fpe=Decimal("0.6"), technical=False)
    bench = Contract(key="b", fpe=Decimal("0.4"), is_main=False)

    assert Person(key="p", contracts=(lecturing, bench)).main == bench
    assert Person(key="p", contracts=(lecturing, bench), technical=False).main == lecturing


def test_larger_of_two_main_contracts_counts_whatever_their_order() -> None:
    small, large = Contract(key="a", fpe=Decimal("0.4")), Contract(key="b", fpe=Decimal("0.6"))

    assert [Person(key="p", contracts=pair).main for pair in ((small, large), (large, small))] == [large, large]


def test_population_knows_what_was_not_collected() -> None:
    everybody = Population(on=date(2026, 7, 31), people=(), not_collected=frozenset({"fte"}))

    assert [everybody.has(fields) for fields in (["grade"], ["grade", "fte"], [])] == [True, False, True]
