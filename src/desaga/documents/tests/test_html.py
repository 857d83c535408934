"""Web pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from desaga.documents.tests.files import cells_of, grids_of, kinds_of, lines_of, read_bytes


def test_a_page_in_order(tmp_path: Path) -> None:
    page = """<!doctype html><html><head><title>Site</title><style>p{}</style><script>var x = 1</script></head><body>
    <nav><ul><li><a href=/>Home</a></li></ul></nav><h1>Action <em>plan</em></h1><p>One<br>two&nbsp;three</p>
    <ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul><ol type=a start=2><li>d</ol>
    <details><summary>More</summary>kept</details><p hidden>no</p><div style="display: none">no</div>
    <p><strong>Bold line</strong></p><div>loose <b>text</b></div><select><option>x<option selected>y</select>
    <footer>Contact</footer></body></html>"""
    document = read_bytes(tmp_path, "a.html", page)

    assert document.title == "Action plan"
    assert [(b.kind, b.level, b.marker, b.text, b.bold, b.running) for b in lines_of(document)] == [
        ("paragraph", 0, None, "Home", False, True),
        ("heading", 1, None, "Action plan", False, False),
        ("paragraph", 0, None, "One\ntwo three", False, False),
        ("item", 1, "•", "a", False, False),
        ("item", 2, "•", "b", False, False),
        ("item", 1, "•", "c", False, False),
        ("item", 1, "b.", "d", False, False),
        ("paragraph", 0, None, "More", False, False),
        ("paragraph", 0, None, "kept", False, False),
        ("paragraph", 0, None, "Bold line", True, False),
        ("paragraph", 0, None, "loose text", False, False),
        ("paragraph", 0, None, "y", False, False),
        ("paragraph", 0, None, "Contact", False, True),
    ]


def test_spans_become_anchors(tmp_path: Path) -> None:
    page = """<table><caption>Plan</caption><thead><tr><th>Action<th>Owner<th>When</thead>
    <tr><td colspan=3><b>Visibility</b></tr><tr><td rowspan=0>Do<td>HR<td>May</tr><tr><td>PSO<td><ul><li>June<li>July</ul></table>"""
    grid = grids_of(read_bytes(tmp_path, "a.html", page))[0]

    assert cells_of(grid) == [
        ["Action", "Owner", "When"],
        ["Visibility", "", ""],
        ["Do", "HR", "May"],
        ["", "PSO", "• June\n• July"],
    ]
    assert [row.header for row in grid.rows] == [True, False, False, False]
    assert [[cell.anchor for cell in row.cells] for row in grid.rows[1:]] == [
        [None, (1, 0), (1, 0)],
        [None, None, None],
        [(2, 0), None, None],
    ]
    assert (grid.title, grid.rows[1].cells[0].span, grid.rows[1].cells[0].bold, grid.rows[2].cells[0].rowspan) == (
        "Plan",
        3,
        True,
        2,
    )


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        ("<table><tr><td>x<td><table><tr><td>1<td>2</table></table>", [["x", "1 | 2"]]),
        ("<table><tr><td><table><tr><td>a<td>b<tr><td>c<td>d</table></table>", [["a", "b"], ["c", "d"]]),
        ("<table role=presentation><tr><td>Menu<td><table><tr><th>A<th>B<tr><td>1<td>2</table></table>", [["A", "B"], ["1", "2"]]),
        ("<div role=table><div role=row><div role=columnheader>A</div><div role=columnheader>B</div></div><div role=row>"
         "<div role=cell>1</div><div role=cell>2</div></div></div>", [["A", "B"], ["1", "2"]]),
        ("<dl><dt>TSM<dd>Manager<dt>PSO<dd>Officer</dl>", [["TSM", "Manager"], ["PSO", "Officer"]]),
        ("<table><tr><td>RAG<td><img alt=Green src=x.png></table>", [["RAG", "Green"]]),
        ("<table><tfoot><tr><td>z<td>9</tfoot><tr><td>a<td>1</table>", [["a", "1"], ["z", "9"]]),
        ("<pre>A\tB\n1\t2</pre>", [["A", "B"], ["1", "2"]]),
    ],
)  # fmt: skip
def test_tables_of_all_sorts(tmp_path: Path, page: str, rows: list[list[str]]) -> None:
    assert [cells_of(grid) for grid in grids_of(read_bytes(tmp_path, "a.html", f"<!doctype html>{page}"))] == [rows]


@pytest.mark.parametrize(
    ("data", "notices"),
    [
        ("<meta charset=utf-8><p>£5 – café".encode(), []),
        (
            "<html><meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'><p>£5 – café".encode("cp1252"),
            [],
        ),
        ("<?xml version='1.0' encoding='utf-8'?><html><p>£5 – café</p></html>".encode(), []),
        ("<html><p>£5 – café".encode("utf-16"), []),
        ("<html><p>£5 – café".encode("cp1252"), ["encoding_guessed"]),
        ("<html><meta charset=utf-8><p>£5 – café".encode("cp1252"), ["encoding_guessed"]),
    ],
)
def test_the_charset_is_found(tmp_path: Path, data: bytes, notices: list[str]) -> None:
    document = read_bytes(tmp_path, "a.html", data)

    assert [block.text for block in lines_of(document)] == ["£5 – café"]
    assert kinds_of(document) == notices


def test_entities_of_its_own_are_not_expanded(tmp_path: Path) -> None:
    page = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><p>before &a; after</p></html>'
    document = read_bytes(tmp_path, "a.html", page)

    assert "root:" not in lines_of(document)[0].text
    assert kinds_of(document) == ["entities_ignored"]
