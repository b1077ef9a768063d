"""Which documents are taken, and what is said of the others."""

import io
import struct
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils import translation

from sorb.media import checks
from tests.media.samples import (
    OOXML,
    PDF,
    SHEET,
    SLIDES,
    TYPES,
    WORD,
    archive,
    docx,
    odt,
    plain,
    saved,
    upload,
)


def refusal(content: bytes, name: str) -> str:
    """The code of the refusal of a document."""
    with pytest.raises(ValidationError) as refused:
        checks.check_document(upload(content, name))
    return str(refused.value.code)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PDF, "Покана.pdf"),
        (PDF + b"\r\n\0\0", "padded.PDF"),
        (docx(), "a.docx"),
        (archive({"[Content_Types].xml": TYPES.format(SHEET)}), "a.xlsx"),
        (archive({"[Content_Types].xml": TYPES.format(SLIDES)}), "a.pptx"),
        (odt(), "a.odt"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "a.ods"),
        ("община;жители\nЕлин Пелин;5 < 6\n".encode(), "utf-8.csv"),
        ("община;жители\n".encode("utf-8-sig"), "with-mark.csv"),
        ("община;жители\n".encode("windows-1251"), "windows.csv"),
        ("име;поща\nИван;Иван <ivan@obshtina.bg>\n".encode(), "addresses.csv"),
    ],
)
def test_the_seven_types_are_taken(content: bytes, name: str) -> None:
    file = upload(content, name)

    checks.check_document(file)

    assert file.tell() == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("report.doc", "DOC is not accepted: save the document as DOCX."),
        ("report.XLSM", "XLSM is not accepted: save the document as XLSX."),
        ("slides.ppt", "PPT is not accepted: save the document as PPTX."),
        ("all.zip", "ZIP is not accepted: save the document as PDF."),
        ("page.html", "HTML is not accepted: save the document as PDF."),
        ("photo.jpg", "This is a picture: add it to the pictures, not to the documents."),
        (
            "run.exe",
            "Files of this type are not accepted. "
            "Accepted are PDF, DOCX, XLSX, PPTX, ODT, ODS, CSV.",
        ),
        (
            "Покана",
            "Files of this type are not accepted. "
            "Accepted are PDF, DOCX, XLSX, PPTX, ODT, ODS, CSV.",
        ),
    ],
)
def test_the_refusal_says_what_to_send_instead(name: str, words: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        checks.check_document(upload(b"content", name))

    assert refused.value.messages == [words]


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"", "a.pdf") == "empty"


def test_a_file_over_the_limit_is_refused_unread() -> None:
    class Unreadable(File):
        size = checks.DOCUMENT_LIMIT + 1

        def read(self, *args: object) -> bytes:
            raise AssertionError("it was read")

    with pytest.raises(ValidationError) as refused:
        checks.check_document(Unreadable(None, name="a.pdf"))

    assert refused.value.code == "too_large"


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><script>alert(1)</script>",
        b"<script>alert(1)</script>\n" + PDF,
        b"\n" + PDF,
        b"%PDF-9.9\n%%EOF",
        PDF[:-7],
        PDF + b"<script>alert(1)</script>",
        PDF + docx(),
        docx(),
    ],
)
def test_what_is_not_only_a_pdf_is_not_taken_as_one(content: bytes) -> None:
    assert refusal(content, "a.pdf") == "content"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PDF, "a.docx"),
        (saved(plain()), "a.odt"),
        (b"PK\x03\x04" + b"\0" * 60, "a.xlsx"),
        (b"GIF89a" + docx(), "polyglot.docx"),
        (archive({"[Content_Types].xml": TYPES.format(WORD)}, comment=b"<script>"), "a.docx"),
        (docx() + b"<script>alert(1)</script>", "a.docx"),
        (docx()[:-30], "cut.docx"),
    ],
)
def test_a_damaged_or_disguised_archive_is_refused(content: bytes, name: str) -> None:
    assert refusal(content, name) == "damaged"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (docx(), "a.xlsx"),
        (docx(), "a.odt"),
        (odt(), "a.docx"),
        (odt(), "a.ods"),
        (archive({"a.txt": "an ordinary archive"}), "a.docx"),
        (archive({"mimetype": "application/epub+zip"}), "a.odt"),
        (archive({"[Content_Types].xml": TYPES.format(WORD) + " " * 2**20}), "a.docx"),
        (archive({"[Content_Types].xml": "<!DOCTYPE x>" + TYPES.format(WORD)}), "a.docx"),
    ],
)
def test_the_content_must_be_of_the_type_in_the_name(content: bytes, name: str) -> None:
    assert refusal(content, name) == "content"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (docx(**{"word/vbaProject.bin": b"MACRO"}), "a.docx"),
        (docx(**{"word/VBAPROJECT.BIN": b"MACRO"}), "a.docx"),
        (
            archive(
                {
                    "[Content_Types].xml": TYPES.format(
                        "application/vnd.ms-word.document.macroEnabled.main+xml"
                    )
                }
            ),
            "a.docx",
        ),
        (
            archive(
                {
                    "[Content_Types].xml": TYPES.format(WORD)
                    + TYPES.format("application/vnd.ms-office.vbaProject")
                }
            ),
            "renamed-part.docx",
        ),
        (odt(**{"Basic/Standard/Module1.xml": "<m/>"}), "a.odt"),
        (odt(**{"Scripts/python/a.py": "import os"}), "a.odt"),
    ],
)
def test_macros_are_refused(content: bytes, name: str) -> None:
    assert refusal(content, name) == "macros"


@pytest.mark.parametrize(
    "part",
    ["../../etc/cron.d/x", "/etc/cron.d/x", "word/../../x", "C:/x", "word\\..\\x"],
)
def test_names_that_lead_out_of_the_archive_are_refused(part: str) -> None:
    assert refusal(docx(**{part: b"x"}), "slip.docx") == "damaged"


@pytest.mark.filterwarnings("ignore:Duplicate name")  # what zipfile says of making one
def test_the_same_part_twice_is_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        packed.writestr("[Content_Types].xml", TYPES.format(WORD))
        packed.writestr("[Content_Types].xml", TYPES.format(f"{OOXML}.other"))

    assert refusal(data.getvalue(), "two.docx") == "damaged"


def test_a_part_that_is_packed_too_tightly_is_refused() -> None:
    assert refusal(docx(**{"word/media.bin": bytes(6_000_000)}), "bomb.docx") == "damaged"


def test_parts_that_are_too_large_together_are_refused() -> None:
    content = bytearray(docx(**{"word/media.bin": b"small"}))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 20 : directory + 28] = struct.pack("<LL", 20_000_000, 1_100_000_000)

    assert refusal(bytes(content), "bomb.docx") == "damaged"


def test_a_directory_of_too_many_parts_is_refused_unread() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for number in range(10_001):
            packed.writestr(str(number), b"")

    assert refusal(data.getvalue(), "many.docx") == "damaged"


def test_a_directory_that_claims_to_be_huge_is_refused_unread() -> None:
    content = bytearray(docx())
    content[-10:-6] = struct.pack("<L", 3_000_000)

    assert refusal(bytes(content), "huge.docx") == "damaged"


def test_encrypted_parts_are_refused() -> None:
    content = bytearray(docx())
    content[content.index(b"PK\x01\x02") + 8] |= 1

    assert refusal(bytes(content), "locked.docx") == "damaged"


def test_a_damaged_part_is_refused() -> None:
    content = bytearray(odt(**{"content.xml": "x"}))
    content[40:60] = b"\xff" * 20

    assert refusal(bytes(content), "a.odt") == "damaged"


@pytest.mark.parametrize(
    "content",
    [
        b"name;place\x00\n",
        b"name;<script>alert(1)</script>\n",
        b"<!doctype html><p>\n",
        b"<?php system('id');\n",
        b"name;<IMG src=x onerror=alert(1)>\n",
        b"x" * (1024 * 1024 - 3) + b"<script>alert(1)</script>",
        b"\xff\xfe\x98" + "име".encode("utf-16-le"),
        b"MZ\x90\x00\x03",
        saved(plain(), "PNG"),
    ],
)
def test_a_csv_is_plain_text(content: bytes) -> None:
    assert refusal(content, "a.csv") == "content"
