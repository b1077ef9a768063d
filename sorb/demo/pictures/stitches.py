"""From a counted grid to a picture: woven cloth, and a cross of thread in every worked cell."""

from functools import lru_cache
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from sorb.demo.pictures.grid import Grid
from sorb.demo.pictures.palette import BARE, Colour, Scheme

# A patch of stitches is repeated over the picture; it is wide enough that the eye
# does not find the repeat.
_PATCH = 12
_FINE = 4


@lru_cache(maxsize=16)
def _patch(cell: int) -> tuple[Image.Image, Image.Image]:
    """The light on a patch of stitches and the shape of their thread, for a cell in pixels."""
    random = Random(cell)  # noqa: S311 - patterns, not secrets
    big = cell * _FINE
    side = big * _PATCH
    light = Image.new("L", (side, side), 90)
    shape = Image.new("L", (side, side), 0)
    on_light, on_shape = ImageDraw.Draw(light), ImageDraw.Draw(shape)
    thick = big * 0.5
    for down in range(_PATCH):
        for across in range(_PATCH):
            left = across * big + random.uniform(-0.03, 0.03) * big
            top = down * big + random.uniform(-0.03, 0.03) * big
            near, far = thick * 0.42, big - thick * 0.42
            under = (left + far, top + near, left + near, top + far)
            over = (left + near, top + near, left + far, top + far)
            glow = random.randint(-9, 9)
            for line, shade in ((under, 168), (over, 222)):
                _thread(on_shape, line, thick, 255)
                _thread(on_light, line, thick, 110)
                _thread(on_light, line, thick * 0.78, shade + glow)
                _thread(on_light, line, thick * 0.32, shade + 28 + glow)
    small = (cell * _PATCH, cell * _PATCH)
    return light.resize(small, Image.Resampling.BOX), shape.resize(small, Image.Resampling.BOX)


def _thread(
    draw: ImageDraw.ImageDraw, line: tuple[float, float, float, float], thick: float, shade: int
) -> None:
    draw.line(line, fill=shade, width=max(1, round(thick)))
    for x, y in (line[:2], line[2:]):
        half = thick / 2
        draw.ellipse((x - half, y - half, x + half, y + half), fill=shade)


def _tiled(patch: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The patch repeated to fill a size; doubling keeps the number of pastes small."""
    sheet = Image.new(patch.mode, size)
    sheet.paste(patch, (0, 0))
    width, height = patch.size
    while width < size[0]:
        sheet.paste(sheet.crop((0, 0, width, height)), (width, 0))
        width *= 2
    while height < size[1]:
        sheet.paste(sheet.crop((0, 0, size[0], height)), (0, height))
        height *= 2
    return sheet


def _cloth(colour: Colour, cell: int, size: tuple[int, int], random: Random) -> Image.Image:
    """Plain weave: warp over weft, with threads of slightly different weight."""
    step = max(2, round(cell / 4))
    across, down = 64, 64
    weave = Image.new("L", (across * step, down * step), 0)
    draw = ImageDraw.Draw(weave)
    warp = [random.randint(-5, 5) for _ in range(across)]
    weft = [random.randint(-5, 5) for _ in range(down)]
    for y in range(down):
        for x in range(across):
            over = (x + y) % 2
            shade = min(255, (252 + warp[x]) if over else (243 + weft[y]))
            box = (x * step, y * step, x * step + step - 1, y * step + step - 1)
            draw.rectangle(box, fill=shade)
            if step > 2:
                edge = (box[2], box[1], *box[2:]) if over else (box[0], box[3], *box[2:])
                draw.line(edge, fill=shade - 14)
    light = _tiled(weave, size)
    plain = Image.new("RGB", size, colour)
    return ImageChops.multiply(plain, Image.merge("RGB", (light, light, light)))


def _threads(grid: Grid, scheme: Scheme, random: Random) -> tuple[Image.Image, Image.Image]:
    """One pixel a cell: the colours of the threads, and where there is thread at all."""
    dyes: list[list[bytes]] = []
    for part in range(BARE):
        # Hand-dyed wool is never one colour: every part has a handful of close shades.
        shades = []
        for _ in range(7):
            lift = random.uniform(-9, 9)
            channels = (c + lift + random.uniform(-2, 2) for c in scheme.thread(part))
            shades.append(bytes(max(0, min(255, round(channel))) for channel in channels))
        dyes.append(shades)
    pixels, worked = bytearray(), bytearray()
    pick = random.getrandbits
    for row in grid.rows:
        for part in row:
            pixels += dyes[part][pick(3) % 7]
            worked.append(255 if part else 0)
    size = (grid.width, grid.height)
    return Image.frombytes("RGB", size, bytes(pixels)), Image.frombytes("L", size, bytes(worked))


def stitch(
    grid: Grid, scheme: Scheme, cell: int, size: tuple[int, int], random: Random
) -> Image.Image:
    """The grid as embroidery.

    cell: the side of a cell in pixels.
    size: width and height of the picture in pixels; the middle of the grid is kept.
    """
    whole = (grid.width * cell, grid.height * cell)
    left, top = (whole[0] - size[0]) // 2, (whole[1] - size[1]) // 2
    box = (left, top, left + size[0], top + size[1])
    colours, worked = _threads(grid, scheme, random)
    light, shape = _patch(cell)
    light = _tiled(light, whole).crop(box)
    shape = _tiled(shape, whole).crop(box)
    mask = ImageChops.multiply(worked.resize(whole, Image.Resampling.NEAREST).crop(box), shape)
    thread = ImageChops.multiply(
        colours.resize(whole, Image.Resampling.NEAREST).crop(box),
        Image.merge("RGB", (light, light, light)),
    )
    thread = ImageChops.add(thread, thread, scale=1.66)
    picture = _cloth(scheme.cloth, cell, size, random)
    depth = max(1, cell // 7)
    shadow = ImageChops.offset(mask, depth, depth).filter(ImageFilter.BoxBlur(depth))
    picture.paste(
        ImageChops.multiply(picture, Image.new("RGB", size, (150, 140, 135))), (0, 0), shadow
    )
    picture.paste(thread, (0, 0), mask)
    return picture
