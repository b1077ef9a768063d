"""Which pictures are taken, and what is said of the others."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils import translation
from PIL import Image as Picture

from sorb.media import checks
from tests.media.samples import plain, png_of, saved, upload


def refusal(file: File) -> str:
    """The code of the refusal of a picture."""
    with pytest.raises(ValidationError) as refused:
        checks.check_image(file)
    return str(refused.value.code)


@pytest.mark.parametrize(
    ("codec", "name"),
    [("JPEG", "a.jpg"), ("JPEG", "A.JPEG"), ("PNG", "a.png"), ("WEBP", "a.webp"), ("GIF", "a.gif")],
)
def test_the_four_formats_are_taken(codec: str, name: str) -> None:
    file = upload(saved(plain(), codec), name)

    checks.check_image(file)

    assert file.tell() == 0


@pytest.mark.parametrize(
    ("start", "name", "wanted"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "IMG_0001.HEIC", "HEIC"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "renamed.jpg", "HEIC"),
        (b"\0\0\0\x18ftypavif\0\0\0\0mif1", "photo.avif", "AVIF"),
        (b"II*\0" + bytes(60), "scan.tif", "TIFF"),
        (b"MM\0*" + bytes(60), "scan.jpg", "TIFF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "emblem.svg", "SVG"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "emblem.png", "SVG"),
        (b"\x1f\x8b" + bytes(60), "emblem.svgz", "SVG"),
        (b"8BPS" + bytes(60), "work.psd", "Photoshop"),
        (b"%PDF-1.7", "poster.jpg", "PDF"),
    ],
)
def test_other_formats_are_named_in_the_refusal(start: bytes, name: str, wanted: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        checks.check_image(upload(start, name))

    assert refused.value.messages == [f"{wanted} is not accepted: save the picture as JPEG."]


@pytest.mark.parametrize("name", ["photo", "photo.exe", ".jpg", "photo.jpg:Zone.Identifier"])
def test_a_name_without_a_known_extension_is_refused(name: str) -> None:
    assert refusal(upload(saved(plain()), name)) == "format"


@pytest.mark.parametrize("codec", ["BMP", "TIFF", "ICO", "PPM", "TGA", "EPS", "PCX", "JPEG2000"])
def test_no_other_decoder_is_reached_under_the_name_of_a_png(codec: str) -> None:
    assert refusal(upload(saved(plain((64, 64)), codec), "picture.png")) == "format"


def test_an_empty_file_is_refused() -> None:
    assert refusal(upload(b"", "photo.jpg")) == "empty"


def test_a_file_over_the_limit_is_refused_unread() -> None:
    class Unreadable(File):
        size = checks.IMAGE_LIMIT + 1

        def read(self, *args: object) -> bytes:
            raise AssertionError("it was read")

    assert refusal(Unreadable(None, name="photo.jpg")) == "too_large"


@pytest.mark.parametrize(
    ("width", "height"), [(20_000, 20_000), (65_535, 65_535), (2**31 - 1, 2**31 - 1), (7100, 7100)]
)
def test_too_many_pixels_are_refused_by_the_header(width: int, height: int) -> None:
    assert refusal(upload(png_of(width, height), "bomb.png")) == "too_many_pixels"


def test_a_size_below_the_limit_is_not_what_refuses_a_picture() -> None:
    assert refusal(upload(png_of(7000, 7100), "bomb.png")) == "damaged"


@pytest.mark.parametrize("codec", ["GIF", "WEBP", "PNG"])
def test_the_pixels_of_all_frames_count(codec: str) -> None:
    frames = [plain((4000, 4200), (number * 40, 9, 9)) for number in range(3)]
    animated = saved(frames[0], codec, save_all=True, append_images=frames[1:], duration=20)

    assert refusal(upload(animated, f"a.{codec.lower()}")) == "too_many_pixels"


def test_frames_below_the_limit_are_taken() -> None:
    frames = [plain((4000, 4200), (number * 40, 9, 9)) for number in range(2)]
    animated = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=20)

    assert checks.read_image(upload(animated, "a.gif")).size == (4000, 4200)


def test_a_gif_of_endless_tiny_frames_is_refused() -> None:
    one, two = plain((1, 1), "red"), plain((1, 1), "blue")
    animated = saved(one, "GIF", save_all=True, append_images=[two, one] * 2600, duration=20)

    assert refusal(upload(animated, "a.gif")) == "too_many_pixels"


@pytest.mark.parametrize("codec", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("share", [0.1, 0.6, 0.9])
def test_a_truncated_picture_is_refused(codec: str, share: float) -> None:
    noise = Picture.effect_noise((300, 200), 80).convert("RGB")
    whole = saved(noise, codec)

    code = refusal(upload(whole[: int(len(whole) * share)], f"a.{codec.lower()}"))

    assert code in ("damaged", "format")


@pytest.mark.parametrize(
    "content", [b"\x89", b"\0" * 4096, b"\xff\xd8\xff\xe0\x00\x10JFIF\x00<?php"]
)
def test_garbage_is_refused(content: bytes) -> None:
    assert refusal(upload(content, "photo.jpg")) in ("damaged", "format")
