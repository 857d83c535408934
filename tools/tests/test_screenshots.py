import pytest

from tools.screenshots import SHOTS, NoPictures, SignIn, lead_in

PRINTED = """
Desaga is at http://127.0.0.1:8000

Sign in as
  Platform administrator   admin@desaga.example    a long burning flame
  Lead, Wexcombe           lead@wexcombe.example   a long burning flame
  Lead, Ashlar             lead@ashlar.example     a long burning flame

The data stay in var. Ctrl-C stops everything.
"""


def test_the_lead_is_read_from_what_the_demo_prints():
    assert lead_in(PRINTED) == SignIn("lead@wexcombe.example", "a long burning flame")


def test_a_demo_without_a_lead_is_refused():
    with pytest.raises(NoPictures, match="no sign-in for a lead"):
        lead_in("Desaga is at http://127.0.0.1:8000")


def test_each_picture_has_a_name_of_its_own():
    names = [shot.name for shot in SHOTS]

    assert sorted(set(names)) == sorted(names)
