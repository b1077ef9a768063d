"""The drawn pictures: the same every time, of the right size, never empty, never alike."""

from io import BytesIO

import pytest
from PIL import Image, ImageStat

from sorb.demo import pictures
from sorb.demo.pictures import bands, letters
from sorb.demo.pictures.palette import NONE

SMALL = (480, 320)
BULGARIAN = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯ"


@pytest.mark.parametrize("motif", pictures.MOTIF_NAMES)
def test_the_same_arguments_give_the_same_pixels(motif: str) -> None:
    first = pictures.draw(motif, "rhodope", 5, SMALL)
    second = pictures.draw(motif, "rhodope", 5, SMALL)
    assert first.tobytes() == second.tobytes()


@pytest.mark.parametrize("motif", pictures.MOTIF_NAMES)
def test_eight_seeds_give_eight_different_pictures(motif: str) -> None:
    drawn = {pictures.draw(motif, "danube", seed, SMALL).tobytes() for seed in range(8)}
    assert len(drawn) == 8


@pytest.mark.parametrize("motif", pictures.MOTIF_NAMES)
@pytest.mark.parametrize("palette", pictures.PALETTE_NAMES)
def test_no_picture_is_a_flat_colour(motif: str, palette: str) -> None:
    for seed in range(4):
        picture = pictures.draw(motif, palette, seed, SMALL)
        assert len(set(picture.resize((96, 64)).tobytes())) > 60
        assert max(ImageStat.Stat(picture).stddev) > 20


@pytest.mark.parametrize("size", [(1600, 1067), (1067, 1600), (1200, 1200), (333, 77), (40, 90)])
def test_a_picture_has_the_size_that_was_asked_for(size: tuple[int, int]) -> None:
    for motif in pictures.MOTIF_NAMES:
        assert pictures.draw(motif, "thrace", 2, size).size == size


def test_an_unknown_motif_is_refused_with_the_names_of_the_known_ones() -> None:
    with pytest.raises(ValueError, match="There is no motif “lion”; choose one of: bird, border"):
        pictures.draw("lion", "rhodope", 1, SMALL)


def test_an_unknown_palette_is_refused_with_the_names_of_the_known_ones() -> None:
    with pytest.raises(ValueError, match="There is no palette “neon”; choose one of: danube"):
        pictures.draw("star", "neon", 1, SMALL)


def test_a_portrait_is_a_square_that_depends_on_its_initials() -> None:
    first = pictures.portrait("ИП", "sredets", 1)
    assert first.size == (800, 800)
    assert first.tobytes() == pictures.portrait("ИП", "sredets", 1).tobytes()
    assert first.tobytes() != pictures.portrait("МК", "sredets", 1).tobytes()


def test_a_logo_is_a_square_on_nearly_white_ground() -> None:
    for seed in range(6):
        logo = pictures.logo("ОБЩ", "danube", seed)
        corner = logo.getpixel((3, 3))
        assert logo.size == (600, 600)
        assert isinstance(corner, tuple)
        assert min(corner) > 240
        assert max(ImageStat.Stat(logo).stddev) > 20


def test_initials_without_letters_still_give_a_picture() -> None:
    assert pictures.portrait("", "rhodope", 0).size == (800, 800)
    assert pictures.logo("", "rhodope", 0).size == (600, 600)


def test_a_jpeg_is_progressive_and_carries_no_metadata() -> None:
    data = pictures.jpeg(pictures.draw("carnation", "rhodope", 1, SMALL))
    with Image.open(BytesIO(data)) as picture:
        assert picture.format == "JPEG"
        assert picture.size == SMALL
        assert picture.info.get("progressive")
        assert not picture.getexif()
        assert "comment" not in picture.info


def test_every_letter_of_the_bulgarian_and_the_english_alphabet_is_drawn_differently() -> None:
    for alphabet in (BULGARIAN, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        drawn = {b"".join(map(bytes, letters.letter(sign).rows)) for sign in alphabet}
        assert len(drawn) == len(alphabet)
        assert all(letters.letter(sign).height == letters.HEIGHT for sign in alphabet)


def test_a_sign_outside_the_alphabet_is_refused() -> None:
    with pytest.raises(ValueError, match="has no letter “☺”"):
        letters.letter("☺")


@pytest.mark.parametrize("name", bands.names())
def test_a_band_is_the_same_from_both_ends(name: str) -> None:
    band = bands.band(name, 61)
    assert all(row == row[::-1] for row in band.rows)
    assert any(part != NONE for row in band.rows for part in row)
