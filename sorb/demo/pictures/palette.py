"""The colours of the pictures: four palettes, each with a few ways to dye cloth and thread."""

from dataclasses import dataclass

Colour = tuple[int, int, int]

# The parts a thread can play. A pattern is stitched in parts, never in colours, so that the
# same pattern can be worked on white linen and on dark wool.
NONE, DARK, MAIN, SECOND, ACCENT, LIGHT, FILL, BARE = range(8)

PARTS = {".": NONE, "#": DARK, "m": MAIN, "s": SECOND, "a": ACCENT, "l": LIGHT, "_": BARE}


@dataclass(frozen=True)
class Scheme:
    """A cloth and the five threads that are worked on it."""

    cloth: Colour
    dark: Colour
    main: Colour
    second: Colour
    accent: Colour
    light: Colour

    def thread(self, part: int) -> Colour:
        """The colour of a part; bare cells and empty cells show the cloth."""
        if part == FILL:
            return self.fill
        threads = (self.cloth, self.dark, self.main, self.second, self.accent, self.light)
        return threads[part] if part < len(threads) else self.cloth

    @property
    def fill(self) -> Colour:
        """The thread of worked grounds: deep, because the figures on them are pale."""
        if not _is_pale(self.main):
            return self.main
        red, green, blue = (
            (c * 2 + d * 3) // 5 for c, d in zip(self.cloth, self.dark, strict=True)
        )
        return red, green, blue


def _is_pale(colour: Colour) -> bool:
    red, green, blue = colour
    return red * 3 + green * 6 + blue > 1280


def _colour(text: str) -> Colour:
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def _scheme(text: str) -> Scheme:
    cloth, dark, main, second, accent, light = (_colour(word) for word in text.split())
    return Scheme(cloth, dark, main, second, accent, light)


# The first scheme of each palette is on pale linen; portraits and logos always use it.
#           cloth  dark   main   second accent light
PALETTES: dict[str, tuple[Scheme, ...]] = {
    "rhodope": (
        _scheme("f1e8d6 2b1a16 a3161f 6e1119 cc8d2e e9c9a4"),
        _scheme("8c141c 1f1110 f3e9d7 c98a2b e3b258 d4675a"),
        _scheme("2a1b17 0f0908 b81d26 f0e5d2 d29433 e07a5f"),
        _scheme("ece0ca 3a211a 7d121b b9331f 2b1a16 d79a3c"),
    ),
    "danube": (
        _scheme("f2eee2 12243f 1b4374 1f7f83 c9412f a9cbd0"),
        _scheme("17365f 0b1b33 f1ecdf 5fb0b0 d9533e a9cbd0"),
        _scheme("1d6f74 0d2f3d f3eee0 17365f e0624a b9dcd6"),
        _scheme("e4ecea 14294a 1f7f83 1b4374 d0482f 8fbcc2"),
    ),
    "thrace": (
        _scheme("f6edd6 3a2217 a9302a 5f7033 d29a33 e8c98c"),
        _scheme("9c2b26 3a1512 f7ecd0 d8a23c 8d9b4a f0cf8a"),
        _scheme("48582b 222b15 f4e8c8 d9a038 b8382e c3c98a"),
        _scheme("d9a546 3b2214 9c2822 f8eed4 55662d f3d58e"),
    ),
    "sredets": (
        _scheme("f6f1e3 17231f 1e5b4f 3f8470 c0973a d9cfae"),
        _scheme("1e5b4f 0e2e28 f5efdf c9a148 e3c573 86b3a1"),
        _scheme("16231f 0a100e 2c7a69 f3ecd9 c9a148 8fb8a8"),
        _scheme("e9e6d4 16231f 2f7263 c0973a 1e5b4f b8c9b4"),
    ),
}


def schemes(palette: str) -> tuple[Scheme, ...]:
    """The schemes of the named palette; a ValueError names the palettes that exist."""
    if palette not in PALETTES:
        known = ", ".join(sorted(PALETTES))
        raise ValueError(f"There is no palette “{palette}”; choose one of: {known}.")
    return PALETTES[palette]
