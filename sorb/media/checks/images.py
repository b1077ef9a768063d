"""Pictures: JPEG, PNG, WebP or GIF, of a bearable size, whole."""

import logging

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image as Picture
from PIL import UnidentifiedImageError

from .arrival import Upload, check_size, extension, head, is_stored

logger = logging.getLogger(__name__)

IMAGE_LIMIT = 25 * 1024 * 1024  # bytes
MAX_PIXELS = 50_000_000  # of all frames together
MAX_FRAMES = 5000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
EXTENSIONS = ("jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif")

# What people send most often by mistake, known by its first bytes or by its name
SIGNATURES = {
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"8BPS": "Photoshop",
    b"BM": "BMP",
    b"%PDF": "PDF",
    b"%!PS": "EPS",
    b"<svg": "SVG",
    b"<?xml": "SVG",
}
BRANDS = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC", b"avif": "AVIF"}
KNOWN_EXTENSIONS = {
    "heic": "HEIC",
    "heif": "HEIC",
    "avif": "AVIF",
    "tif": "TIFF",
    "tiff": "TIFF",
    "svg": "SVG",
    "svgz": "SVG",
    "bmp": "BMP",
    "psd": "Photoshop",
    "eps": "EPS",
    "pdf": "PDF",
    "dng": "RAW",
    "cr2": "RAW",
    "nef": "RAW",
    "arw": "RAW",
}


def check_image(file: Upload) -> None:
    """Raises ValidationError, in the editor's words, unless the picture is acceptable."""
    if not is_stored(file):
        read_image(file)


def read_image(file: Upload) -> Picture.Image:
    """The picture of an upload, decoded. Raises ValidationError as `check_image` does."""
    check_image_arrival(file)
    return decode(file)


def check_image_arrival(file: Upload) -> None:
    """Size, name and first bytes: all that can be said without decoding."""
    check_size(file, IMAGE_LIMIT)
    if name := _foreign_format(file):
        raise ValidationError(
            _("%(format)s is not accepted: save the picture as JPEG."),
            code="format",
            params={"format": name},
        )
    if extension(file) not in EXTENSIONS:
        raise _not_a_picture()


def decode(file: Upload) -> Picture.Image:
    """The first frame, whole, in memory. The size is refused by the header, before decoding.

    Raises:
        ValidationError: not one of the four formats, over MAX_PIXELS, cut short or damaged.
    """
    file.seek(0)
    try:
        picture = Picture.open(file, formats=FORMATS)
        _check_pixels(picture)
        picture.load()
    except ValidationError:
        raise
    except UnidentifiedImageError as error:
        raise _not_a_picture() from error
    except (Picture.DecompressionBombError, Picture.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Exception as error:  # a decoder fails in whatever way a broken file leads it to
        logger.info("A picture was refused: %r", error)
        raise ValidationError(
            _("The picture cannot be read: it is damaged or incomplete. Export it anew as JPEG."),
            code="damaged",
        ) from error
    finally:
        file.seek(0)
    return picture


def _check_pixels(picture: Picture.Image) -> None:
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if width * height * _count_frames(picture, MAX_PIXELS // (width * height)) > MAX_PIXELS:
        raise _too_many_pixels()


def _count_frames(picture: Picture.Image, enough: int) -> int:
    """How many frames it has; counting stops at one more than is allowed.

    A GIF tells the number only by being walked through, which a hostile one makes long. A second
    picture behind a JPEG (a preview, a depth map) is never decoded and does not count.
    """
    if picture.format != "GIF":
        return getattr(picture, "n_frames", 1) if picture.format in ("PNG", "WEBP") else 1
    frames, most = 1, min(enough, MAX_FRAMES)
    try:
        while frames <= most:
            picture.seek(frames)
            frames += 1
    except EOFError:
        return frames
    finally:
        picture.seek(0)
    raise _too_many_pixels()


def _foreign_format(file: Upload) -> str:
    """The name of a format that is not taken, "" when it may be one of ours."""
    start = head(file, 512)
    file.seek(0)
    if start[4:8] == b"ftyp" and start[8:12] in BRANDS:
        return BRANDS[start[8:12]]
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, name in SIGNATURES.items():
        if text.startswith(signature):
            return name
    return KNOWN_EXTENSIONS.get(extension(file), "")


def _not_a_picture() -> ValidationError:
    return ValidationError(
        _("This is not a picture. Accepted are JPEG, PNG, WebP and GIF."), code="format"
    )


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("The picture has more than %(limit)s megapixels. Make it smaller and send it again."),
        code="too_many_pixels",
        params={"limit": MAX_PIXELS // 1_000_000},
    )
