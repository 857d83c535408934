import pytest
from cryptography.fernet import InvalidToken

from desaga.accounts.adapter import TwoStepAdapter

OLD, NEW = "an old secret key " * 4, "a new secret key " * 4


def test_a_secret_outlives_a_change_of_the_secret_key(settings):
    settings.SECRET_KEY = OLD
    locked = TwoStepAdapter().encrypt("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert TwoStepAdapter().decrypt(locked) == "JBSWY3DPEHPK3PXP"


def test_without_the_key_a_secret_stays_shut(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    locked = TwoStepAdapter().encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in locked
    settings.SECRET_KEY = NEW
    with pytest.raises(InvalidToken):
        TwoStepAdapter().decrypt(locked)
