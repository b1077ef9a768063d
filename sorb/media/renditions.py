"""The sizes, shapes and codecs in which an image is served."""

import secrets
from typing import NamedTuple

from django.core.files.base import ContentFile
from PIL import Image as Picture

from . import files, names, pictures

Box = tuple[int, int, int, int]
Made = dict[str, dict[str, list[list[int | str]]]]
Files = dict[str, dict[int, tuple[int, bytes]]]


class Shape(NamedTuple):
    """A proportion (None: the picture's own) and the widths in pixels in which it is made."""

    proportion: tuple[int, int] | None
    widths: tuple[int, ...]


SHAPES = {
    "full": Shape(None, (480, 960, 1600)),
    "wide": Shape((16, 9), (480, 960, 1600)),
    "square": Shape((1, 1), (480, 960)),
}
CUT_SHAPES = ("wide", "square")
CODECS = tuple(pictures.OPTIONS)


class Rendition(NamedTuple):
    width: int  # pixels
    height: int
    path: str  # in the storage


def make(
    picture: Picture.Image,
    original: str,
    focal: tuple[int, int],
    written: list[str],
    shapes: tuple[str, ...] = tuple(SHAPES),
) -> Made:
    """Makes the renditions of a picture in its normal form, all from this one decoded picture.

    Args:
        picture: RGB or RGBA, as `pictures.normal` gives it.
        original: the stored name of the original; renditions lie beside it.
        focal: the point that stays in sight, per cent of width and height.
        written: takes the names of the files that were written.
        shapes: the names of SHAPES to make.

    Returns:
        Shape, then codec: a list of [width, height, path], narrow ones first, none wider than
        the picture. A codec that makes nothing smaller than the next simpler one is left out.
    """
    batch = secrets.token_hex(4)
    made: Made = {}
    for name in shapes:
        made[name] = {}
        for codec, sizes in _files(picture, SHAPES[name], focal).items():
            rows = made[name][codec] = []
            for width, (height, content) in sizes.items():
                extension = pictures.EXTENSIONS[codec]
                path = names.rendition_path(original, name, width, batch, extension)
                rows.append([width, height, files.store(path, ContentFile(content), written)])
    return made


def paths(made: Made, shapes: tuple[str, ...] = tuple(SHAPES)) -> list[str]:
    """The stored names of the renditions in these shapes."""
    return [
        str(row[2]) for shape in shapes for rows in made.get(shape, {}).values() for row in rows
    ]


def listed(made: Made, shape: str, codec: str) -> list[Rendition]:
    """The renditions of a shape in a codec, narrow ones first; none when there are none."""
    rows = made.get(shape, {}).get(codec, [])
    return [Rendition(int(width), int(height), str(path)) for width, height, path in rows]


def cut(size: tuple[int, int], proportion: tuple[int, int] | None, focal: tuple[int, int]) -> Box:
    """The largest box of a proportion inside a picture, as near to the focal point as can be."""
    if proportion is None:
        return (0, 0, *size)
    across, down = proportion
    width = max(1, min(size[0], round(size[1] * across / down)))
    height = max(1, min(size[1], round(size[0] * down / across)))
    left = min(max(round(size[0] * focal[0] / 100 - width / 2), 0), size[0] - width)
    top = min(max(round(size[1] * focal[1] / 100 - height / 2), 0), size[1] - height)
    return (left, top, left + width, top + height)


def widths(shape: Shape, most: int) -> list[int]:
    """The widths to make of something `most` pixels wide: never larger, its own width once."""
    return sorted({min(width, most) for width in shape.widths})


def _files(picture: Picture.Image, shape: Shape, focal: tuple[int, int]) -> Files:
    """Format, then width: the height and the bytes."""
    box = cut(picture.size, shape.proportion, focal)
    across, down = shape.proportion or picture.size
    made: Files = {codec: {} for codec in CODECS}
    source = picture
    for width in reversed(widths(shape, box[2] - box[0])):
        height = max(1, round(width * down / across))
        source = source.resize((width, height), pictures.SHARP, box=box, reducing_gap=2.0)
        box = (0, 0, width, height)
        for codec in CODECS:
            made[codec][width] = (height, pictures.compressed(source, codec))
    return _worth_keeping(
        {codec: dict(sorted(sizes.items())) for codec, sizes in made.items()},
        is_opaque=picture.mode == "RGB",
    )


def _worth_keeping(made: Files, is_opaque: bool) -> Files:
    weight = {
        codec: sum(len(content) for _height, content in sizes.values())
        for codec, sizes in made.items()
    }
    if weight["avif"] >= weight["webp"]:
        del made["avif"]
    if is_opaque and weight["webp"] >= weight["jpeg"]:  # JPEG cannot let anything shine through
        del made["webp"]
    return made
