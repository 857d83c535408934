"""An address as a code that a telephone reads (ISO/IEC 18004), drawn as SVG. Pure."""

from __future__ import annotations

from base64 import b64encode

import qrcode
from qrcode.constants import ERROR_CORRECT_M

#: Four empty squares on each side, as the standard asks.
QUIET = 4


def code_of(address: str) -> str:
    """A data address of an SVG, black on white: one path, a square of one unit for each dark module."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(address)
    code.make(fit=True)
    rows = code.get_matrix()
    size = len(rows)
    squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}" shape-rendering="crispEdges">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{squares}" fill="#000"/></svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
