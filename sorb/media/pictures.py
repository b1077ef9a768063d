"""A picture made fit for a web page: upright, sRGB, at most 4,000 pixels, without metadata."""

import io
import logging
from typing import Any

from PIL import Image as Picture
from PIL import ImageCms

logger = logging.getLogger(__name__)

LONG_SIDE = 4000  # pixels
PROFILE_LIMIT = 4 * 1024 * 1024  # bytes
SHARP = Picture.Resampling.LANCZOS
ORIENTATION = 0x0112  # Exif 2.32, 4.6.4 A
UPRIGHT = {
    2: Picture.Transpose.FLIP_LEFT_RIGHT,
    3: Picture.Transpose.ROTATE_180,
    4: Picture.Transpose.FLIP_TOP_BOTTOM,
    5: Picture.Transpose.TRANSPOSE,
    6: Picture.Transpose.ROTATE_270,
    7: Picture.Transpose.TRANSVERSE,
    8: Picture.Transpose.ROTATE_90,
}
# AVIF at speed 9 has the fidelity of speed 6 at a tenth of its time (benchmarks/media.py)
OPTIONS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 9},
    "webp": {"format": "WEBP", "quality": 76, "method": 2},
    "jpeg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
}
EXTENSIONS = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}
CODECS = {extension: codec for codec, extension in EXTENSIONS.items()}
WHITE = (255, 255, 255, 255)


def normal(picture: Picture.Image) -> Picture.Image:
    """The picture in its normal form, mode RGB, or RGBA where something shines through.

    It is made smaller first: everything after costs memory by the pixel.
    """
    turn = UPRIGHT.get(_orientation(picture))
    profile = picture.info.get("icc_profile")
    picture = _shrunk(_plain_mode(picture))
    picture = _in_srgb(picture, profile)
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    if turn is not None:
        picture = picture.transpose(turn)
    picture.info.clear()  # encoders write comments, profiles and resolution that they find here
    return picture


def encoded(picture: Picture.Image) -> tuple[bytes, str]:
    """The bytes that are kept as the original, and their extension."""
    data = io.BytesIO()
    if picture.mode == "RGBA":
        picture.save(data, "PNG", compress_level=6)
        return data.getvalue(), "png"
    picture.save(data, "JPEG", quality=90)
    return data.getvalue(), "jpg"


def compressed(picture: Picture.Image, codec: str) -> bytes:
    """The bytes of a rendition in one of the codecs of OPTIONS. JPEG stands on white."""
    if codec == "jpeg" and picture.mode == "RGBA":
        ground = Picture.new("RGBA", picture.size, WHITE)
        picture = Picture.alpha_composite(ground, picture).convert("RGB")
    data = io.BytesIO()
    picture.save(data, **OPTIONS[codec])
    return data.getvalue()


def _orientation(picture: Picture.Image) -> int:
    try:
        return int(picture.getexif().get(ORIENTATION, 1))
    except Exception as error:  # Exif is a small file system of its own and breaks in as many ways
        logger.info("Broken Exif was ignored: %r", error)
        return 1


def _plain_mode(picture: Picture.Image) -> Picture.Image:
    """In RGB, RGBA, L or CMYK: the modes that can be resized and have colour profiles."""
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode.startswith("I"):  # 16 bits a pixel; a mere convert() clips to white
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    return picture if picture.mode in ("RGB", "L", "CMYK") else picture.convert("RGB")


def _shrunk(picture: Picture.Image) -> Picture.Image:
    share = LONG_SIDE / max(picture.size)
    if share >= 1:
        return picture.copy()
    width, height = (max(1, round(side * share)) for side in picture.size)
    return picture.resize((width, height), SHARP, reducing_gap=2.0)


def _in_srgb(picture: Picture.Image, profile: bytes | None) -> Picture.Image:
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile and len(profile) <= PROFILE_LIMIT:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, srgb, outputMode=mode)
            return converted if converted is not None else picture
        except (ImageCms.PyCMSError, OSError, ValueError) as error:
            logger.info("A colour profile was ignored: %r", error)
    return picture.convert(mode)
