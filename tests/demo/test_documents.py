"""The documents: real files of their kinds, with Bulgarian text, the same every time."""

import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from sorb.demo.documents import make
from sorb.demo.documents.strokes import ALPHABET, measure

TITLE = "Бюджет & „отчет“"
TEXTS = ["Приходи: 1 250 000 €", "Съветът прие <решение> № 4.", "Край"]
LONG = ["Общините обединяват ресурси, хора и опит в обща мрежа за чиста вода. " * 6] * 30


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_the_same_arguments_give_the_same_bytes(kind: str) -> None:
    assert make(kind, TITLE, TEXTS) == make(kind, TITLE, TEXTS)
    assert make(kind, TITLE, TEXTS) != make(kind, TITLE, TEXTS[:2])


def test_an_unknown_kind_is_refused_with_the_names_of_the_known_ones() -> None:
    with pytest.raises(ValueError, match="kind “odt”; choose one of: docx, pdf, xlsx"):
        make("odt", TITLE, TEXTS)


@pytest.mark.parametrize("texts", [TEXTS, LONG, []])
def test_the_table_at_the_end_of_a_pdf_leads_to_every_object(texts: list[str]) -> None:
    data = make("pdf", TITLE, texts)
    assert data.startswith(b"%PDF-1.7\n")
    assert data.endswith(b"%%EOF\n")
    start = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    assert data[start:].startswith(b"xref\n0 ")
    entries = re.findall(rb"(\d{10}) 00000 n \n", data[start:])
    assert len(entries) > 20
    for number, entry in enumerate(entries, 1):
        assert data[int(entry) :].startswith(b"%d 0 obj\n" % number)
    assert b"/Size %d " % (len(entries) + 1) in data[start:]


def test_the_streams_of_a_pdf_are_as_long_as_they_say() -> None:
    data = make("pdf", TITLE, TEXTS)
    streams = re.findall(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", data, re.DOTALL)
    assert streams
    assert all(int(length) == len(content) for length, content in streams)


def test_the_text_of_a_pdf_can_be_read_back_through_its_map_to_unicode() -> None:
    data = make("pdf", TITLE, TEXTS).decode("latin-1")
    pairs = re.findall(r"^<(..)> <([0-9a-f]+)>$", data, re.MULTILINE)
    signs = {code: bytes.fromhex(value).decode("utf-16-be") for code, value in pairs}
    shown = [
        "".join(signs[codes[at : at + 2]] for at in range(0, len(codes), 2))
        for codes in re.findall(r"<([0-9a-f]+)> Tj", data)
    ]
    assert shown == [TITLE, *TEXTS, "1"]


def test_a_long_pdf_has_several_pages_and_a_short_one_has_one() -> None:
    assert b"/Count 1 " in make("pdf", TITLE, TEXTS)
    assert int(re.findall(rb"/Count (\d+)", make("pdf", TITLE, LONG))[0]) > 2


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_an_office_file_is_a_sound_archive_of_sound_xml(kind: str) -> None:
    with ZipFile(BytesIO(make(kind, TITLE, TEXTS))) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
        types = ElementTree.fromstring(archive.read("[Content_Types].xml"))
        listed = {part.attrib["PartName"][1:] for part in types if "PartName" in part.attrib}
        assert listed <= set(archive.namelist())


def test_a_word_document_holds_the_title_and_the_paragraphs() -> None:
    with ZipFile(BytesIO(make("docx", TITLE, TEXTS))) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    assert [node.text for node in root.iter() if node.tag.endswith("}t")] == [TITLE, *TEXTS]


def test_a_workbook_holds_a_table_of_two_columns() -> None:
    with ZipFile(BytesIO(make("xlsx", TITLE, TEXTS))) as archive:
        root = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    rows = [
        [node.text for node in row.iter() if node.tag.endswith("}t")]
        for row in root.iter()
        if row.tag.endswith("}row")
    ]
    assert rows == [[TITLE], ["Приходи", "1 250 000 €"], ["2", TEXTS[1]], ["3", "Край"]]


def test_the_pen_alphabet_has_both_cases_of_both_scripts_and_the_digits() -> None:
    capitals = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert set(capitals + capitals.lower() + "0123456789 .,:;!?–—()„“«»№%€") <= set(ALPHABET)


def test_no_line_is_longer_than_its_signs_together() -> None:
    assert measure("", 10) == 0
    assert measure("мм", 10) == pytest.approx(2 * measure("м", 10))
