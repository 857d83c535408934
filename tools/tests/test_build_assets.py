import gzip

from tools.build_assets import BUILD, compress


def test_stylesheets_and_scripts_alone_are_compressed_beside_themselves(tmp_path):
    (tmp_path / "desaga.css").write_bytes(b"a{}" * 500)
    (tmp_path / "desaga.js").write_bytes(b"0;" * 500)
    (tmp_path / "letter.woff2").write_bytes(b"x")

    assert compress(tmp_path) == {
        "desaga.css": len(gzip.compress(b"a{}" * 500, 9)),
        "desaga.js": len(gzip.compress(b"0;" * 500, 9)),
    }
    assert gzip.decompress((tmp_path / "desaga.css.gz").read_bytes()) == b"a{}" * 500
    assert not (tmp_path / "letter.woff2.gz").exists()


def test_what_is_served_is_compressed():
    """The server looks for the compressed file beside the file: it is as new as that."""
    for name in ("desaga.css", "site.css", "desaga.js"):
        assert gzip.decompress((BUILD / f"{name}.gz").read_bytes()) == (BUILD / name).read_bytes()
