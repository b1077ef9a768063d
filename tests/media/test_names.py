"""What becomes of the name of a file that was sent."""

import pytest

from sorb.media.names import download_name, sent_name, stem, title_of


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("снимка на кмета №1 – „юбилей“.jpg", "снимка на кмета №1 – „юбилей“.jpg"),
        ("../../../../tmp/evil.jpg", "evil.jpg"),
        ("..\\..\\evil.jpg", "evil.jpg"),
        ("evil.php\0.jpg", "evil.php.jpg"),
        ("evil\r\nSet-Cookie: x=1.jpg", "evilSet-Cookie: x=1.jpg"),
        ("\u202egpj.exe", "gpj.exe"),
        ("и\u0306.jpg", "й.jpg"),
        ("й" * 300 + ".jpg", "й" * 251 + ".jpg"),
        ("", ""),
    ],
)
def test_the_sent_name_is_noted_without_folders_and_control_signs(sent: str, expected: str) -> None:
    assert sent_name(sent) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("Покана_за_Общо__събрание.pdf", "Покана за Общо събрание"),
        ("IMG_20200227.JPG", "IMG 20200227"),
        ("доклад%202020.docx", "доклад 2020"),
        ("бюджет-2020.xlsx", "бюджет-2020"),
        ("й" * 300 + ".jpg", "й" * 200),
        ("___.jpg", ""),
        ("", ""),
    ],
)
def test_a_title_is_the_name_in_words(sent: str, expected: str) -> None:
    assert title_of(sent) == expected


def test_names_are_of_chance() -> None:
    first, second = stem("images"), stem("images")

    assert first[:15] == second[:15]
    assert len(first) == len("images/2026/11/") + 22
    assert first != second


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "Покана",
            'attachment; filename="document.pdf"; '
            "filename*=UTF-8''%D0%9F%D0%BE%D0%BA%D0%B0%D0%BD%D0%B0.pdf",
        ),
        (
            'a"b\r\nSet-Cookie: x/../c.PDF',
            'attachment; filename="document.pdf"; '
            "filename*=UTF-8''a%20bSet-Cookie%20x%20..%20c.PDF",
        ),
        ("...", "attachment; filename=\"document.pdf\"; filename*=UTF-8''document.pdf"),
    ],
)
def test_a_download_is_named_by_its_title(title: str, expected: str) -> None:
    assert download_name(title, "documents/2026/11/x.pdf") == expected
