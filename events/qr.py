"""QR codes, for what is printed on paper."""

import base64
import io

import qrcode
import qrcode.image.svg


def qr_code(address: str) -> str:
    """A whole address as a picture (SVG in a data: address), dark on white."""
    file = io.BytesIO()
    qrcode.make(address, image_factory=qrcode.image.svg.SvgPathFillImage).save(file)
    return f"data:image/svg+xml;base64,{base64.b64encode(file.getvalue()).decode()}"
