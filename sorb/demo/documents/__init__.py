"""Small real documents for the demonstration: PDF, word-processor and spreadsheet files."""

from collections.abc import Callable, Sequence

from sorb.demo.documents import office, pdf

_WRITERS: dict[str, Callable[[str, Sequence[str]], bytes]] = {
    "docx": office.document,
    "pdf": pdf.write,
    "xlsx": office.workbook,
}


def make(kind: str, title: str, paragraphs: Sequence[str]) -> bytes:
    """The bytes of a document; the same arguments always give the same bytes.

    kind: “pdf”, “docx” or “xlsx”.
    title: the heading, which is also the title that a reader shows.
    paragraphs: plain text; in a spreadsheet each is a row, “name: value” filling two columns.
    """
    if kind not in _WRITERS:
        known = ", ".join(sorted(_WRITERS))
        raise ValueError(f"There is no document of the kind “{kind}”; choose one of: {known}.")
    return _WRITERS[kind](title, paragraphs)
