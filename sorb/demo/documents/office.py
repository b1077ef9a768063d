"""Minimal word-processor and spreadsheet files: a few XML parts in a ZIP archive."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The oldest time that a ZIP archive can tell; a real one would change the bytes every time.
_TIME = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORMATS = "http://schemas.openxmlformats.org"
_WORD = f"{_FORMATS}/wordprocessingml/2006/main"
_SHEET = f"{_FORMATS}/spreadsheetml/2006/main"
_RELATION = f"{_FORMATS}/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument"


def document(title: str, paragraphs: Sequence[str]) -> bytes:
    """The bytes of a .docx file: the title as a heading, then the paragraphs."""
    body = _paragraph(title, "Title") + "".join(_paragraph(text) for text in paragraphs)
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" '
        'w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
    )
    styles = (
        f'<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:sz w:val="22"/><w:lang w:val="bg-BG"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="160" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/>'
        '<w:basedOn w:val="Normal"/><w:rPr><w:b/><w:color w:val="1E5B4F"/>'
        '<w:sz w:val="40"/></w:rPr></w:style></w:styles>'
    )
    main = f'<w:document xmlns:w="{_WORD}"><w:body>{body}{page}</w:body></w:document>'
    return _archive(
        title,
        "word/document.xml",
        {
            "word/document.xml": (main, f"{_TYPE}.wordprocessingml.document.main+xml"),
            "word/styles.xml": (styles, f"{_TYPE}.wordprocessingml.styles+xml"),
        },
        {"styles": "styles.xml"},
    )


def workbook(title: str, paragraphs: Sequence[str]) -> bytes:
    """The bytes of an .xlsx file: one sheet, the title above a table of two columns.

    A paragraph of the form “name: value” fills both columns; any other is numbered.
    """
    rows = [_row(1, (title,), style=1)]
    for number, text in enumerate(paragraphs, 1):
        name, colon, value = text.partition(": ")
        rows.append(_row(number + 2, (name, value) if colon else (str(number), text)))
    sheet = (
        f'<worksheet xmlns="{_SHEET}"><cols><col min="1" max="1" width="32" customWidth="1"/>'
        '<col min="2" max="2" width="80" customWidth="1"/></cols>'
        f"<sheetData>{''.join(rows)}</sheetData></worksheet>"
    )
    book = (
        f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATION}"><sheets>'
        '<sheet name="Данни" sheetId="1" r:id="sheet"/></sheets></workbook>'
    )
    styles = (
        f'<styleSheet xmlns="{_SHEET}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/>'
        '</font><font><b/><sz val="14"/><color rgb="FF1E5B4F"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        '</cellStyleXfs><cellXfs count="2">'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
        '<alignment vertical="top" wrapText="1"/></xf>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
        "</cellXfs></styleSheet>"
    )
    return _archive(
        title,
        "xl/workbook.xml",
        {
            "xl/workbook.xml": (book, f"{_TYPE}.spreadsheetml.sheet.main+xml"),
            "xl/worksheets/sheet1.xml": (sheet, f"{_TYPE}.spreadsheetml.worksheet+xml"),
            "xl/styles.xml": (styles, f"{_TYPE}.spreadsheetml.styles+xml"),
        },
        {"worksheet": "worksheets/sheet1.xml", "styles": "styles.xml"},
    )


def _paragraph(text: str, style: str = "") -> str:
    chosen = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{chosen}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _row(number: int, texts: Sequence[str], style: int = 0) -> str:
    cells = "".join(
        f'<c r="{column}{number}" s="{style}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        for column, text in zip("AB", texts, strict=False)
    )
    return f'<row r="{number}">{cells}</row>'


def _archive(
    title: str, main: str, parts: Mapping[str, tuple[str, str]], related: Mapping[str, str]
) -> bytes:
    """The parts with the list of their types, their relations and the document's title.

    main: path of the part that a reader opens first.
    parts: text and content type by path.
    related: path of a part, seen from the main one, by the kind of its relation.
    """
    folder, _, name = main.partition("/")
    package = f"{_FORMATS}/package/2006"
    types = "".join(
        f'<Override PartName="/{path}" ContentType="{kind}"/>' for path, (_, kind) in parts.items()
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    relations = "".join(
        f'<Relationship Id="{"sheet" if kind == "worksheet" else kind}" '
        f'Type="{_RELATION}/{kind}" Target="{target}"/>'
        for kind, target in related.items()
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="main" Type="{_RELATION}/officeDocument" Target="{main}"/>'
        f'<Relationship Id="core" Type="{package}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{package}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title></cp:coreProperties>",
        f"{folder}/_rels/{name}.rels": f'<Relationships xmlns="{package}/relationships">'
        f"{relations}</Relationships>",
        **{path: text for path, (text, _) in parts.items()},
    }
    data = BytesIO()
    with ZipFile(data, "w") as archive:
        for path, text in files.items():
            archive.writestr(ZipInfo(path, _TIME), _HEAD + text, ZIP_DEFLATED)
    return data.getvalue()
