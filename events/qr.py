"""QR codes, for what is printed on paper."""

from functools import lru_cache
from itertools import groupby
from urllib.parse import quote

import qrcode

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0,0,{size},{size}">'
    '<path fill="white" d="M0,0h{size}v{size}H0z"/><path d="{dark}"/></svg>'
)


@lru_cache(maxsize=1000)
def qr_code(address: str) -> str:
    """A whole address as a picture (SVG in a data: address), dark on white.

    With the light margin of four squares that ISO/IEC 18004 asks for. Dark squares that stand
    side by side are one shape of one path, so that there are no gaps in print and little to send.
    """
    code = qrcode.QRCode(border=4)
    code.add_data(address)
    rows = code.get_matrix()
    dark = "".join(_dark_runs(row, number) for number, row in enumerate(rows))
    svg = SVG.format(size=len(rows), dark=dark)
    return f"data:image/svg+xml,{quote(svg, safe=':/,=')}"


def _dark_runs(row: list[bool], number: int) -> str:
    path, column = "", 0
    for is_dark, squares in groupby(row):
        length = len(list(squares))
        if is_dark:
            path += f"M{column},{number}h{length}v1h-{length}z"
        column += length
    return path
