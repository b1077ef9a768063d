import pytest

from events.ical_lines import folded, parameter, text


@pytest.mark.parametrize("length", [0, 1, 74, 75, 76, 149, 150, 1000])
@pytest.mark.parametrize("letter", ["a", "я", "€", "😀"])
def test_lines_have_at_most_75_octets_and_no_letter_is_broken(letter, length):
    line = letter * length

    file = folded([line])

    parts = file.split(b"\r\n")
    assert parts.pop() == b""
    assert max(map(len, parts)) <= 75
    assert [part[:1] for part in parts[1:]] == [b" "] * (len(parts) - 1)
    assert "".join(part.decode().removeprefix(" ") for part in parts) == line
    assert len(parts) <= 1 + len(line.encode()) // 70


def test_a_line_that_fits_stays_whole():
    assert folded(["a" * 75, "b"]) == b"a" * 75 + b"\r\nb\r\n"
    assert folded([]) == b""


def test_values_are_escaped():
    assert text('a;b,c\\d\r\ne:\x00"f"') == 'a\\;b\\,c\\\\d\\ne:"f"'


def test_parameters_are_quoted():
    assert parameter('НСОРБ "Европа"; a^b\nв') == "\"НСОРБ ^'Европа^'; a^^b^nв\""
