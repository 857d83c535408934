"""Setting up does nothing twice and says in one line what it may not install."""

import pytest

from tools import setup


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    (tmp_path / "lock").write_text("one")
    return tmp_path


def test_once_makes_again_only_when_its_inputs_change(place):
    calls = []

    def make():
        calls.append(1)
        (place / "made").touch()

    for text in ("one", "one", "two"):
        (place / "lock").write_text(text)
        setup.once(place / "stamp", [place / "lock"], place / "made", make)
    assert len(calls) == 2


def test_once_makes_again_what_has_been_removed(place):
    assert setup.once(place / "stamp", [place / "lock"], place / "made", (place / "made").touch)
    (place / "made").unlink()
    assert setup.once(place / "stamp", [place / "lock"], place / "made", (place / "made").touch)


def test_once_leaves_no_stamp_where_making_failed(place):
    def fail():
        raise setup.SetupError("no")

    with pytest.raises(setup.SetupError):
        setup.once(place / "stamp", [place / "lock"], place / "made", fail)
    assert not (place / "stamp").exists()


def test_missing_package_that_may_not_be_installed_is_one_line(monkeypatch, capsys):
    monkeypatch.setattr(setup, "missing_pdf_packages", lambda: ["libpango-1.0-0"])
    monkeypatch.setattr(setup, "install_packages", lambda packages: False)
    setup.install_from_debian(browser=False)
    assert capsys.readouterr().out == "For PDF files, install: sudo apt-get install libpango-1.0-0\n"
