import gzip
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
BUILD = Path(__file__).parents[1] / "static" / "ui" / "build"


def compressed(*names):
    return sum(len(gzip.compress((BUILD / name).read_bytes(), 9)) for name in names)


@pytest.mark.parametrize(
    ("names", "largest"), [(["desaga.css"], 16_000), (["desaga.js"], 30_000), (["desaga.js", "review.js"], 30_000)]
)
def test_built_files_stay_small(names, largest):
    size = compressed(*names)

    assert size <= largest, f"{' + '.join(names)}: {size:,} of {largest:,} bytes gzipped"


def test_type_is_served_from_here():
    style = (BUILD / "desaga.css").read_text() + (BUILD / "site.css").read_text()

    assert sorted(path.name for path in (BUILD / "fonts").iterdir()) == [
        "LICENSE-source-serif.txt",
        "LICENSE.txt",
        "atkinson-latin-ext-italic.woff2",
        "atkinson-latin-ext.woff2",
        "atkinson-latin-italic.woff2",
        "atkinson-latin.woff2",
        "serif-latin-ext.woff2",
        "serif-latin.woff2",
    ]
    addresses = re.findall(r"url\(([^)]*)\)", style)
    assert [address for address in addresses if not address.startswith("fonts/")] == []
    assert "GDS Transport" not in style


def test_scripts_evaluate_nothing_and_write_no_styles_of_their_own():
    script = (BUILD / "review.js").read_text()

    assert "eval(" not in script
    assert "innerHTML" not in script


def test_the_lock_names_no_registry():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"].values()

    assert [package["resolved"] for package in packages if "resolved" in package] == []
