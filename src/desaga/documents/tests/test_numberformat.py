"""Number formats against what Excel shows."""

from __future__ import annotations

from datetime import date

import pytest

from desaga.documents.numberformat import format_code, render, render_text, stored_moment

DAY = float((date(2025, 7, 26) - date(1899, 12, 30)).days)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (DAY, "d-mmm", "26-Jul"),
        (DAY, "dd-mmm", "26-Jul"),
        (DAY, "mmm-yy", "Jul-25"),
        (DAY, "mmm\\-yy", "Jul-25"),
        (DAY, "mmmm yyyy", "July 2025"),
        (DAY, "[$-809]dd mmmm yyyy;@", "26 July 2025"),
        (DAY, "[$-en-GB]d mmm yy", "26 Jul 25"),
        (DAY, "ddd d/m/yy", "Sat 26/7/25"),
        (DAY, "dddd", "Saturday"),
        (DAY, "[$-F800]dddd, mmmm dd, yyyy", "26 July 2025"),
        (DAY, 'd"th" mmmm', "26th July"),
        (DAY, "mm/yy", "07/25"),
        (DAY, "mmmmm", "J"),
        (DAY, "yyyy", "2025"),
        (DAY + 0.75, "dd/mm/yyyy hh:mm", "26/07/2025 18:00"),
        (DAY + 0.5, "h:mm AM/PM", "12:00 PM"),
        (0.0, "h:mm AM/PM", "12:00 AM"),
        (1.5, "[h]:mm", "36:00"),
        (3.2, "mm:ss.0", "48:00.0"),
        (59.0, "d mmm yyyy", "28 Feb 1900"),
        (61.0, "d mmm yyyy", "1 Mar 1900"),
        (-1.0, "dd/mm/yyyy", "-1"),
        (0.8, "0%", "80%"),
        (0.805, "0.0%", "80.5%"),
        (1234567.5, "#,##0", "1,234,568"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234.0, "[$£-809]#,##0.00", "£1,234.00"),
        (-1234.0, "£#,##0;[Red]-£#,##0", "-£1,234"),
        (-5.0, "0;(0)", "(5)"),
        (-5.0, "0.0", "-5.0"),
        (-0.01, "0.0", "0.0"),
        (0.0, '0;-0;"nil"', "nil"),
        (0.0, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "-"),
        (5.0, '0" days"', "5 days"),
        (12.0, "000", "012"),
        (0.5, "#.##", ".5"),
        (1_500_000.0, '0.0,,"m"', "1.5m"),
        (12345.678, "0.00E+00", "1.23E+04"),
        (1.25, "# ?/?", "1 1/4"),
        (0.5, "?/?", "1/2"),
        (1.005, "0.00", "1.01"),
        (2.5, "0", "3"),
        (150.0, '[>=100]"many";0', "many"),
        (7.0, '[>=100]"many";0', "7"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (1e20, "General", "1E+20"),
        (12.0, "@", "12"),
        (12.0, "General \\%", "12 %"),
        (4.0, ";;;", ""),
    ],
)
def test_numbers_are_shown_as_their_format_says(value: float, code: str, shown: str) -> None:
    assert render(value, code) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (14, "26/07/2025"),
        (15, "26-Jul-25"),
        (16, "26-Jul"),
        (17, "Jul-25"),
        (0, "45864"),
        (9, "4586400%"),
        (99, "45864"),
    ],
)
def test_built_in_formats_are_known(number: int, shown: str) -> None:
    assert render(DAY, format_code(number, {})) == shown


@pytest.mark.parametrize(("code", "shown"), [("@", "x"), ("General", "x"), ('0;0;0;"Ref "@', "Ref x"), ("d-mmm", "x")])
def test_texts_pass_through_or_gain_words(code: str, shown: str) -> None:
    assert render_text("x", code) == shown


@pytest.mark.parametrize(
    ("value", "moment"),
    [(DAY, "2025-07-26"), (DAY + 0.5, "2025-07-26T12:00:00"), (0.25, "06:00:00"), (-3.0, None), (1e9, None)],
)
def test_stored_moments_are_iso(value: float, moment: str | None) -> None:
    assert stored_moment(value) == moment


def test_workbooks_of_old_macs_count_from_1904() -> None:
    assert render(DAY - 1462, "d mmm yyyy", date1904=True) == "26 Jul 2025"
