import pytest

from sorb.outside import absolute, clean, web_address


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("Обикновен текст: „кавички“ — 😀\tтаб", "Обикновен текст: „кавички“ — 😀\tтаб"),
        ("а\r\nб\rв\u2028г\u2029д\nе", "а\nб\nв\nг\nд\nе"),
        ("\x00\x01\x08\x0b\x0c\x0e\x1b\x1f\x7f\x80\x85\x9fа", "а"),
        ("\ud800а\udfff\ufeff\ufffe\uffff", "а"),
        ("", ""),
    ],
)
def test_clean_text_holds_only_what_calendars_and_xml_allow(typed, cleaned):
    assert clean(typed) == cleaned


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://a.example/б?в=1", "https://a.example/%D0%B1?%D0%B2=1"),
        ("HTTP://a.example/", "HTTP://a.example/"),
        (" https://a.example/\r\nX: y", "https://a.example/X:y"),
        ("javascript:alert(1)", ""),
        ("java\tscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//a.example/", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_are_handed_on(typed, address):
    assert web_address(typed) == address


def test_absolute_addresses_begin_with_the_configured_site(settings):
    settings.SITE_URL = "https://sorb.example"

    assert (
        absolute("/bg/новини/") == "https://sorb.example/bg/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/"
    )
    assert absolute("https://files.example/a.jpg") == "https://files.example/a.jpg"
