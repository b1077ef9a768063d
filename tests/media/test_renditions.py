"""Where pictures are cut, and in which widths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sorb.media.renditions import SHAPES, cut, widths

SIDES = st.integers(1, 4000)
PER_CENT = st.integers(0, 100)


@pytest.mark.parametrize(
    ("shape", "most", "expected"),
    [
        ("full", 4000, [480, 960, 1600]),
        ("full", 1600, [480, 960, 1600]),
        ("full", 1599, [480, 960, 1599]),
        ("wide", 700, [480, 700]),
        ("wide", 320, [320]),
        ("square", 4000, [480, 960]),
        ("square", 1, [1]),
    ],
)
def test_widths_never_enlarge(shape: str, most: int, expected: list[int]) -> None:
    assert widths(SHAPES[shape], most) == expected


@pytest.mark.parametrize(
    ("focal", "expected"),
    [
        ((50, 50), (500, 0, 1500, 1000)),
        ((0, 50), (0, 0, 1000, 1000)),
        ((100, 50), (1000, 0, 2000, 1000)),
        ((30, 90), (100, 0, 1100, 1000)),
    ],
)
def test_a_square_is_cut_around_the_focal_point(
    focal: tuple[int, int], expected: tuple[int, int, int, int]
) -> None:
    assert cut((2000, 1000), (1, 1), focal) == expected


@given(st.tuples(SIDES, SIDES), st.sampled_from([(16, 9), (1, 1)]), st.tuples(PER_CENT, PER_CENT))
def test_every_cut_lies_inside_and_holds_the_focal_point(
    size: tuple[int, int], proportion: tuple[int, int], focal: tuple[int, int]
) -> None:
    left, top, right, bottom = cut(size, proportion, focal)

    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]
    assert left - 1 <= size[0] * focal[0] / 100 <= right + 1
    assert top - 1 <= size[1] * focal[1] / 100 <= bottom + 1
    assert right - left == size[0] or bottom - top == size[1]
