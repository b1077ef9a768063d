from pathlib import Path

import pytest

from sorb.richtext import clean
from sorb.richtext.document import Block, Paragraph, read, walk

SEED = (Path(__file__).parent / "article-2019-secretaries.txt").read_text(encoding="utf-8")
ITEMS = [
    "Ангажименти на общините по предвидените мерки на актуализираната Стратегия за развитие на "
    "електронното управление и на Пътната карта за нейното изпълнение;",
    "Централизираните регистри, в които общините ще попълват свои данни;",
    "Оигуряването на условия за предоставяне на електронни услуги и служебен обмен на информация "
    "между администрациите;",
    "Платформата за достъп до обществена информация – функционалност и възможности;",
    "Необходимите стъпки за актуализация на паролите за достъп до ИС „Единство 2“ на Нотариалната "
    "камара след произвеждането на местните избори.",
]


def blocks(html: str) -> list[Block]:
    return [block for block in walk(read(html)) if block.tag]


def as_html_of_an_old_editor(text: str) -> str:
    """As the old site stored it: every line a paragraph, its spaces written as entities."""
    lines = text.replace("\u00a0", "&nbsp;").replace("  ", "&nbsp; ").split("\n")
    return "".join(f"<p>{line or '&nbsp;'}</p>\n" for line in lines)


@pytest.mark.parametrize(
    "source",
    [SEED, as_html_of_an_old_editor(SEED), "<div>" + SEED.replace("\n", "<br>") + "</div>"],
    ids=["plain text", "paragraphs", "line breaks"],
)
def test_the_article_of_2019_gets_one_real_list_and_no_empty_paragraph(source: str) -> None:
    cleaned = clean(source)

    items = "".join(f"<li>{item}</li>" for item in ITEMS)
    assert cleaned.count("<ul>") == 1
    assert f"<ul>{items}</ul>" in cleaned
    assert "•" not in cleaned
    assert "&nbsp;" not in cleaned
    assert "  " not in cleaned
    assert "<p></p>" not in cleaned
    assert clean(cleaned) == cleaned


def test_the_article_of_2019_keeps_every_word_and_its_quotes_as_typed() -> None:
    cleaned = clean(SEED)

    words = cleaned.replace("<li>", " ").replace("<p>", " ")
    for tag in ("</li>", "</p>", "<ul>", "</ul>"):
        words = words.replace(tag, " ")
    assert words.split() == SEED.replace("•", " ").split()
    assert "организационното им развитие”.</p>" in cleaned


@pytest.mark.parametrize(
    ("pasted", "tidied"),
    [
        ("<p>• а</p><p>• б</p>", "<ul><li>а</li><li>б</li></ul>"),
        ("<p>•\u00a0\u00a0а<br>\u00a0•б</p>", "<ul><li>а</li><li>б</li></ul>"),
        ("<p> - а</p>\n<p>&nbsp;- б</p>", "<ul><li>а</li><li>б</li></ul>"),
        ("<p>– а</p><p>&nbsp;</p><p>– б</p>", "<ul><li>а</li><li>б</li></ul>"),
        (
            "<p>Темите:<br>• а<br>• б<br><br>Край</p>",
            "<p>Темите:</p>\n<ul><li>а</li><li>б</li></ul>\n<p>Край</p>",
        ),
        (
            "<p>Увод<br>втори ред<br>- а<br>- б</p><h2>След</h2>",
            "<p>Увод<br>втори ред</p>\n<ul><li>а</li><li>б</li></ul><h2>След</h2>",
        ),
        ("<p>1. а</p><p>2. б</p><p>3. в</p>", "<ol><li>а</li><li>б</li><li>в</li></ol>"),
        ("<p>1) а<br>2) б</p>", "<ol><li>а</li><li>б</li></ol>"),
        ("<p>1. а</p><p>3. б</p>", "<p>1. а</p><p>3. б</p>"),
        ("<p>1. януари</p>", "<p>1. януари</p>"),
        ("<p>2. а</p><p>3. б</p>", "<p>2. а</p><p>3. б</p>"),
        ("<p>- един ред</p>", "<p>- един ред</p>"),
        ("<p>• един ред</p>", "<ul><li>един ред</li></ul>"),
        ("<p>• • •</p>", "<p>• • •</p>"),
        (
            "<p><b>• а<br>• б</b> в</p>",
            "<ul><li><strong>а</strong></li><li><strong>б</strong> в</li></ul>",
        ),
        (
            '<p><b>•</b> <a href="/x">а</a></p><p>• <em>б</em></p>',
            '<ul><li><a href="/x">а</a></li><li><em>б</em></li></ul>',
        ),
        ("<ul><li>• а</li><li>·&nbsp; б</li></ul>", "<ul><li>а</li><li>б</li></ul>"),
        (
            "<blockquote>- а<br>- б</blockquote>",
            "<blockquote><ul><li>а</li><li>б</li></ul></blockquote>",
        ),
        ("<p>- а</p><h3>Не е списък</h3><p>- б</p>", "<p>- а</p><h3>Не е списък</h3><p>- б</p>"),
    ],
)
def test_lines_typed_as_a_list_become_one(pasted: str, tidied: str) -> None:
    assert clean(pasted) == tidied
    assert clean(tidied) == tidied


@pytest.mark.parametrize(
    ("pasted", "tidied"),
    [
        ("<p>а  б &nbsp; в\t\tг</p>", "<p>а б в г</p>"),
        ("<p>а <b> б</b> в</p>", "<p>а <strong>б</strong> в</p>"),
        ("<p>2019&nbsp;г.&nbsp;</p>", "<p>2019&nbsp;г.</p>"),
        (
            "<p>а</p><p>&nbsp;</p><p> </p><p><br></p><h2></h2><ul><li></li></ul><p>б</p>",
            "<p>а</p><p>б</p>",
        ),
        ("<p>а</p>\n<p>\u200b</p>\n<p>б</p>", "<p>а</p>\n<p>б</p>"),
        ("<p><br>а<br><br><br>б<br></p>", "<p>а<br><br>б</p>"),
        (
            "<td>х</td><table><tr><td>&nbsp;</td></tr></table>",
            "<p>х</p><table><tbody><tr><td></td></tr></tbody></table>",
        ),
        ("<p>а</p>б<p>в</p>", "<p>а</p><p>б</p><p>в</p>"),
        ("<blockquote></blockquote><figure></figure><table></table>", ""),
        ("\n<p></p>\n<p>а</p>\n<p></p>\n", "<p>а</p>"),
        ("<ul><li> <ul></ul>а</li></ul>", "<ul><li>а</li></ul>"),
        ("<ul><li>а<ul></ul>б</li></ul>", "<ul><li>а<p>б</p></li></ul>"),
    ],
)
def test_needless_space_and_empty_elements_go(pasted: str, tidied: str) -> None:
    assert clean(pasted) == tidied
    assert clean(tidied) == tidied


@pytest.mark.parametrize(
    ("pasted", "tidied"),
    [
        ("Първи ред\n\nВтори ред\r\n   Трети", "<p>Първи ред</p>\n<p>Втори ред</p>\n<p>Трети</p>"),
        ("Само „един“ ред & 5 < 6", "<p>Само „един“ ред &amp; 5 &lt; 6</p>"),
        ("Темите:\n• а\n• б", "<p>Темите:</p>\n<ul><li>а</li><li>б</li></ul>"),
        ("\n \n", ""),
    ],
)
def test_plain_text_becomes_paragraphs(pasted: str, tidied: str) -> None:
    assert clean(pasted) == tidied


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8>
<style><!-- p.MsoNormal {margin:0cm; font-family:"Times New Roman"} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
</head><body lang=BG style='tab-interval:35.4pt'><!--StartFragment-->
<h1 style='margin-left:0cm'><span lang=EN-US>Покана<o:p></o:p></span></h1>
<p class=MsoNormal style='text-align:justify'><b style='mso-bidi-font-weight:normal'><span
style='font-size:12.0pt'>Уважаеми кметове</span></b><span>,&nbsp; <o:p></o:p></span></p>
<p class=MsoListParagraph><![if !supportLists]><span style='font-family:Symbol'><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>първа
тема<o:p></o:p></p>
<p class=MsoListParagraph><![if !supportLists]><span><span>·<span>&nbsp;&nbsp;
</span></span></span><![endif]>втора
тема</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>"""


def test_what_word_adds_to_a_text_goes() -> None:
    assert clean(WORD) == (
        "<h2>Покана</h2>\n<p><strong>Уважаеми кметове</strong>,</p>\n"
        "<ul><li>първа\nтема</li><li>втора\nтема</li></ul>"
    )


def test_a_list_holds_only_items_and_a_paragraph_only_words() -> None:
    cleaned = clean("<ol>а<p>б</p><li>в<ul><ul><li>г</li></ul></ul></li><h2>д</h2></ol>")

    lists = [block for block in blocks(cleaned) if block.tag in {"ol", "ul"}]
    children = {child.tag for block in lists for child in block.children}  # type: ignore[union-attr]
    assert children == {"li"}
    assert all(isinstance(child, Block | Paragraph) for child in read(cleaned).children)
