"""Pictures in the manner of Bulgarian embroidery, drawn on a counted grid.

The same arguments always give the same picture, so that nothing has to be kept in files.
"""

from io import BytesIO
from random import Random

from PIL import Image

from sorb.demo.pictures.cloths import LAYOUTS
from sorb.demo.pictures.emblems import logo, portrait
from sorb.demo.pictures.motifs import CASTS
from sorb.demo.pictures.palette import PALETTES, schemes
from sorb.demo.pictures.stitches import stitch

MOTIF_NAMES = tuple(LAYOUTS)
PALETTE_NAMES = tuple(PALETTES)


__all__ = ["MOTIF_NAMES", "PALETTE_NAMES", "draw", "jpeg", "logo", "portrait"]


def draw(motif: str, palette: str, seed: int, size: tuple[int, int]) -> Image.Image:
    """A picture of a motif.

    motif: one of MOTIF_NAMES.
    palette: one of PALETTE_NAMES.
    seed: any integer; it chooses the layout, the cloth, the colours and the scale. The layouts
        of a motif take turns, in the order of ``cloths.LAYOUTS``: where four are named, a seed
        that four divides gives the first, the next seed the second, and so on.
    size: width and height in pixels.
    """
    if motif not in LAYOUTS:
        known = ", ".join(sorted(LAYOUTS))
        raise ValueError(f"There is no motif “{motif}”; choose one of: {known}.")
    dyes = schemes(palette)
    random = Random(f"{motif} {palette} {seed}")  # noqa: S311 - patterns, not secrets
    layout = LAYOUTS[motif][seed % len(LAYOUTS[motif])]
    scheme = dyes[(seed * 3 + seed // len(LAYOUTS[motif])) % len(dyes)]
    across_short = random.choice((89, 95, 101))
    cell = max(2, round(min(size) / across_short))
    width, height = (side // cell + 2 | 1 for side in size)
    cast = CASTS[motif](min(size) // cell, random)
    grid = layout(width, height, cast, random)
    return stitch(grid, scheme, cell, size, random)


def jpeg(image: Image.Image) -> bytes:
    """The picture as a progressive JPEG of quality 90, without metadata."""
    file = BytesIO()
    image.convert("RGB").save(file, "JPEG", quality=90, progressive=True, optimize=True)
    return file.getvalue()
