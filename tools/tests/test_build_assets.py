import gzip

from tools.build_assets import compressed_sizes


def test_compressed_sizes_are_of_stylesheets_and_scripts_alone(tmp_path):
    (tmp_path / "desaga.css").write_bytes(b"a{}" * 500)
    (tmp_path / "desaga.js").write_bytes(b"0;" * 500)
    (tmp_path / "letter.woff2").write_bytes(b"x")

    assert compressed_sizes(tmp_path) == {
        "desaga.css": len(gzip.compress(b"a{}" * 500, 9)),
        "desaga.js": len(gzip.compress(b"0;" * 500, 9)),
    }
