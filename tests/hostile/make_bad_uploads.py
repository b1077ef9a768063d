# ruff: noqa: E501 -- the lines are data
"""Makes hostile and odd files to upload in the folder argv[1], and manifest.json that describes them.

manifest.json: list of {disk, name, type, target, expect, check}
  disk    the file in the folder
  name    the name to send: may hold ../, NUL, CR LF, right-to-left signs, or be too long for a disk
  type    the Content-Type to send
  target  "image", "attachment" or "both"
  expect  "reject" (words in the form, nothing stored), "accept" or "either"
  check   what must hold afterwards
Nothing here is live malware. `--no-big` leaves out what is over 10 MB.
"""

import gzip
import io
import json
import os
import struct
import sys
import zipfile
import zlib
from pathlib import Path

from PIL import Image, features

OUT = Path(sys.argv[1])
BIG = "--no-big" not in sys.argv
OUT.mkdir(parents=True, exist_ok=True)
M = []
CT = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "zip": "application/zip",
}


def put(disk, data, target, expect, check, name=None, type=None):  # noqa: A002
    if data is not None:
        (OUT / disk).write_bytes(data)
    M.append(
        {
            "disk": disk,
            "name": name or disk,
            "type": type or CT.get(disk.rsplit(".", 1)[-1], "application/octet-stream"),
            "target": target,
            "expect": expect,
            "check": check,
        }
    )


def chunk(t, d):
    return struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d) & 0xFFFFFFFF)


def png(w, h, idat=None, depth=8, color=0, extra=b""):
    if idat is None:
        c = zlib.compressobj(9)
        row = b"\0" * (1 + (w * depth * {0: 1, 2: 3, 6: 4}[color] + 7) // 8)
        buf = bytearray()
        blk = row * max(1, 1_000_000 // len(row))
        n = h
        per = len(blk) // len(row)
        while n >= per:
            buf += c.compress(blk)
            n -= per
        buf += c.compress(row * n) + c.flush()
        idat = bytes(buf)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, depth, color, 0, 0, 0))
        + extra
        + chunk(b"IDAT", idat)
        + chunk(b"IEND", b"")
    )


def img(fmt="JPEG", size=(64, 48), mode="RGB", **kw):
    im = Image.new(mode, size)
    px = im.load()
    for x in range(size[0]):
        for y in range(size[1]):
            v = (x * 4 % 256, y * 5 % 256, (x + y) % 256, 40)
            px[x, y] = v[: len(mode)] if len(mode) > 1 else v[0]
    b = io.BytesIO()
    im.save(b, fmt, **kw)
    return b.getvalue()


# --- decompression bombs -----------------------------------------------------------------------------------------------
put(
    "bomb_20000x20000_gray1.png",
    png(20000, 20000, depth=1),
    "image",
    "reject",
    "400 Mpx in < 100 KB: refused from the header, before load(); memory growth < 50 MB",
)
put(
    "bomb_65535x65535_header_only.png",
    png(65535, 65535, idat=zlib.compress(b"\0")),
    "image",
    "reject",
    "4.3 Gpx header; refused before decode",
)
put(
    "bomb_2147483647.png",
    png(2147483647, 2147483647, idat=zlib.compress(b"\0")),
    "image",
    "reject",
    "31-bit size: no OverflowError/MemoryError 500",
)
put(
    "bomb_13000x13000.png",
    png(13000, 13000),
    "image",
    "reject",
    "169 Mpx: between Pillow's warning (89 Mpx) and error (179 Mpx) - warning alone must not let it through",
)
put(
    "bomb_at_limit_6000x4000.png",
    png(6000, 4000),
    "image",
    "accept",
    "24 Mpx phone photo size: works, < 5 s, thumbnails made",
)
put(
    "zero_dimension.png",
    png(1, 1).replace(struct.pack(">II", 1, 1), struct.pack(">II", 0, 0), 1),
    "image",
    "reject",
    "0x0 image with a wrong CRC",
)
put(
    "thin_1x100000.png",
    png(1, 100000),
    "image",
    "either",
    "extreme aspect ratio: thumbnail never 0 px (ZeroDivisionError / 'height and width must be > 0')",
)
put(
    "png_text_bomb.png",
    png(8, 8, extra=chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"A" * 80_000_000, 9))),
    "image",
    "reject",
    "80 MB text chunk in 78 KB: Pillow's 'Decompressed data too large' is a ValueError, show a form error",
)
put(
    "png_iccp_bomb.png",
    png(8, 8, extra=chunk(b"iCCP", b"p\0\0" + zlib.compress(b"\0" * 60_000_000, 9))),
    "image",
    "either",
    "profile bomb: dropped or refused, memory growth < 100 MB",
)
put(
    "gif_claims_65535.gif",
    b"GIF89a"
    + struct.pack("<HH", 65535, 65535)
    + b"\xf0\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;",
    "image",
    "reject",
    "4.3 Gpx GIF in 40 bytes",
)
with io.BytesIO() as b:
    z = zipfile.ZipFile(b, "w", zipfile.ZIP_DEFLATED, compresslevel=9)
    z.writestr("[Content_Types].xml", "<Types/>")
    z.writestr("word/document.xml", b"0" * (300_000_000 if BIG else 30_000_000))
    z.close()
    put(
        "zip_bomb.docx",
        b.getvalue(),
        "attachment",
        "either",
        "never unpacked by the server; if inspected, refused by ratio; memory growth < 50 MB",
    )
with io.BytesIO() as b:
    inner = b"0" * 10_000_000
    for d in range(4):
        c = io.BytesIO()
        z = zipfile.ZipFile(c, "w", zipfile.ZIP_DEFLATED)
        [z.writestr(f"{d}{i}.bin", inner) for i in range(6)]
        z.close()
        inner = c.getvalue()
    put("zip_nested.zip", inner, "attachment", "reject", "type not on the allow-list")
with io.BytesIO() as b:
    z = zipfile.ZipFile(b, "w")
    z.writestr("../../../../tmp/slip.txt", "x")
    z.writestr("/etc/cron.d/x", "x")
    z.close()
    put(
        "zip_slip.docx",
        b.getvalue(),
        "attachment",
        "either",
        "never unpacked; no file outside MEDIA_ROOT",
    )
with io.BytesIO() as b:
    z = zipfile.ZipFile(b, "w", zipfile.ZIP_DEFLATED)
    z.writestr(
        "[Content_Types].xml",
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Types>&e;</Types>',
    )
    z.writestr("word/vbaProject.bin", b"MACRO")
    z.close()
    put(
        "macro_xxe.docx",
        b.getvalue(),
        "attachment",
        "either",
        "never parsed server-side; served as attachment; policy: macro container refused",
    )
put(
    "gzip_bomb.svgz",
    gzip.compress(b"<svg xmlns='http://www.w3.org/2000/svg'>" + b" " * 50_000_000 + b"</svg>", 9),
    "both",
    "reject",
    "type not on the allow-list",
    type="image/svg+xml",
)

# --- broken and unusual but honest images --------------------------------------------------------------------------------
j = img("JPEG", quality=85)
put("ok.jpg", j, "image", "accept", "control sample")
big = img("JPEG", size=(800, 600), quality=90)
put(
    "truncated.jpg",
    big[: len(big) * 6 // 10],
    "image",
    "reject",
    "truncated after the headers: form error, not an OSError 500 in the thumbnailer (ImageField's verify() does not notice; load() does)",
)
put("truncated_1byte_less.jpg", j[:-1], "image", "either", "missing end marker")
put("header_only.jpg", j[:20], "image", "reject", "form error")
put(
    "garbage_after.jpg",
    j + b"<?php system($_GET['c']); ?><script>alert(1)</script>" + os.urandom(500),
    "image",
    "accept",
    "re-encoded: the served bytes hold neither <?php nor <script",
)
put(
    "cmyk.jpg",
    img("JPEG", mode="CMYK"),
    "image",
    "accept",
    "thumbnail in RGB; PNG/WebP conversion does not raise 'cannot write mode CMYK'",
)
ex = Image.Exif()
ex[0x010E] = "</title><script>alert(1)</script>"
ex[0x0112] = 6
ex[0x8825] = {1: "N", 2: (42.0, 41.0, 52.0), 3: "E", 4: (23.0, 19.0, 19.0)}
ex[0x013B] = "Иван Петров"
ex[0x8769] = {0x9003: "2020:02:27 10:00:00", 0xA431: "SERIAL-123456"}
put(
    "exif_gps.jpg",
    img("JPEG", exif=ex),
    "image",
    "accept",
    "served original AND renditions hold no GPS, serial, author; orientation 6 applied before stripping (picture upright)",
)
put(
    "exif_broken.jpg",
    j[:2] + b"\xff\xe1\x00\x20Exif\0\0II*\0\xff\xff\xff\xff" + b"\xff" * 14 + j[2:],
    "image",
    "accept",
    "broken EXIF: no struct.error/SyntaxError 500",
)
put(
    "exif_orientation_99.jpg",
    img("JPEG", exif=(lambda e: (e.__setitem__(0x0112, 99), e)[1])(Image.Exif())),
    "image",
    "accept",
    "bad orientation ignored",
)
put(
    "palette_alpha.png",
    img("PNG", mode="RGBA"),
    "image",
    "accept",
    "RGBA -> JPEG rendition has no 'cannot write mode RGBA as JPEG'",
)
im16 = Image.new("I;16", (64, 48), 30000)
b = io.BytesIO()
im16.save(b, "PNG")
put("gray16.png", b.getvalue(), "image", "accept", "16-bit: not blown to white, no mode error")
fr = [Image.new("RGB", (40, 40), c) for c in ("red", "green", "blue")]
b = io.BytesIO()
fr[0].save(b, "GIF", save_all=True, append_images=fr[1:], duration=100, loop=0)
put("animated.gif", b.getvalue(), "image", "accept", "first frame used for renditions; no crash")
b = io.BytesIO()
fr[0].save(
    b,
    "GIF",
    save_all=True,
    append_images=[Image.new("RGB", (40, 40), (i % 256, i // 256, 0)) for i in range(3000)],
    duration=10,
)
put("gif_3000_frames.gif", b.getvalue(), "image", "either", "pixel limit counts frames; < 10 s")
if features.check("webp"):
    b = io.BytesIO()
    fr[0].save(b, "WEBP", save_all=True, append_images=fr[1:], duration=100)
    put("animated.webp", b.getvalue(), "image", "accept", "animated WebP: works, first frame")
    w = img("WEBP")
    put("truncated.webp", w[:-40], "image", "reject", "form error")
for fmt, ext in (
    ("TIFF", "tif"),
    ("BMP", "bmp"),
    ("ICO", "ico"),
    ("PCX", "pcx"),
    ("TGA", "tga"),
    ("PPM", "ppm"),
    ("SGI", "sgi"),
    ("EPS", "eps"),
    ("PDF", "pdf"),
    ("JPEG2000", "jp2"),
    ("ICNS", "icns"),
    ("DDS", "dds"),
):
    try:
        d = img(fmt, size=(64, 64))
        put(
            f"named_png_is_{ext}.png",
            d,
            "image",
            "reject",
            f"content is {fmt}: only JPEG/PNG/WebP/GIF decoders may be open (Image.open(formats=[...])); Ghostscript never starts",
        )
    except Exception as e:
        print("skip", fmt, e)
put(
    "jpeg_named.png",
    j,
    "image",
    "either",
    "extension and content differ: refused or renamed; served Content-Type = real type",
    type="image/png",
)
put("uppercase.JPG", j, "image", "accept", "extension case")
put("no_extension", j, "image", "reject", "no extension", type="image/jpeg")
put(
    "double_ext.php.jpg",
    j,
    "image",
    "accept",
    "stored name has no .php inside or is random",
    type="image/jpeg",
)
put("trailing_dot.jpg.", j, "image", "either", "trailing dot", type="image/jpeg")
put(
    "gif_js_polyglot.gif",
    b"GIF89a/*"
    + b"\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
    + b"*/=1;alert(1);//",
    "image",
    "either",
    "GIF that is also JavaScript: <script src=/media/..> never runs (nosniff + re-encode)",
)
put(
    "png_html_polyglot.png",
    png(4, 4, extra=chunk(b"tEXt", b"C\0<html><script>alert(1)</script>")),
    "image",
    "accept",
    "served as image/png + nosniff; the comment is gone after re-encode",
)
put(
    "jpeg_com_xss.jpg",
    j[:2]
    + b"\xff\xfe"
    + struct.pack(">H", 42)
    + b"<script>alert(document.domain)</script>!"[:40].ljust(40)
    + j[2:],
    "image",
    "accept",
    "COM segment stripped",
)
# names that can not live on a disk or that attack the name handling; the content is one honest JPEG
for n, why in (
    ("../../../../tmp/evil.jpg", "parent path"),
    ("..\\..\\evil.jpg", "Windows parent path"),
    ("/etc/cron.d/evil.jpg", "absolute path"),
    ("C:\\evil.jpg", "drive"),
    ("....//....//evil.jpg", "doubled dots"),
    ("..%2f..%2fevil.jpg", "encoded"),
    ("..&#x2F;evil.jpg", "entity"),
    ("evil.php\0.jpg", "NUL"),
    ("evil\r\nSet-Cookie: x=1.jpg", "CR LF header split"),
    ('evil".jpg"; filename="b.html', "quote break-out"),
    ("evil;rm -rf.jpg", "shell"),
    ("$(id).jpg", "shell"),
    ("`id`.jpg", "shell"),
    ("-rf.jpg", "option"),
    ("=cmd.jpg", "formula"),
    ("\u202egpj.exe", "RTL override"),
    ("снимка на кмета №1 – „юбилей“.jpg", "Cyrillic with quotes"),
    ("й" * 200 + ".jpg", "400 bytes of Cyrillic: over NAME_MAX 255 bytes"),
    ("a" * 300 + ".jpg", "300 chars"),
    ("й\u0306.jpg", "combining mark"),
    ("и\u0306.jpg", "NFD и + breve = й"),
    ("CON.jpg", "Windows device"),
    (".htaccess", "dot file"),
    (".jpg", "only extension"),
    ("  .jpg", "spaces"),
    ("<img src=x onerror=alert(1)>.jpg", "markup"),
    ("{{7*7}}.jpg", "template"),
    ("%00.jpg", "encoded NUL"),
    ("a/b/c.jpg", "sub folder"),
    ("файл.JPG.", "trailing dot"),
    ("😀.jpg", "emoji"),
    ("", "empty name"),
    ("a.jpg/", "trailing slash"),
    ("web.config", "config name"),
    ("x.jpg:Zone.Identifier", "NTFS stream"),
):
    put(
        "ok.jpg",
        None,
        "both",
        "either",
        f"name attack ({why}): stored under MEDIA_ROOT/<dir>/ with a generated safe name, or form error; page, admin list and Content-Disposition show it escaped",
        name=n,
        type="image/jpeg",
    )


# --- active content ----------------------------------------------------------------------------------------------------
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="alert(1)" width="9" height="9">%s</svg>'
put(
    "script.svg",
    SVG % b"<script>alert(1)</script>",
    "both",
    "reject",
    "SVG not on the allow-list; if ever served: attachment + CSP default-src 'none'; sandbox",
)
put(
    "foreign.svg",
    SVG
    % b'<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" srcdoc="&lt;script&gt;parent.alert(1)&lt;/script&gt;"/></foreignObject>',
    "both",
    "reject",
    "as script.svg",
)
put(
    "xxe.svg",
    b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>',
    "both",
    "reject",
    "never parsed with entities",
)
put(
    "billion_laughs.svg",
    b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "'
    + b"h" * 10
    + b'">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, (b"&%c;" % (97 + i)) * 10) for i in range(8))
    + b']><svg xmlns="http://www.w3.org/2000/svg"><text>&i;</text></svg>',
    "both",
    "reject",
    "not parsed",
)
put(
    "ssrf.svg",
    SVG % b'<image xlink:href="http://127.0.0.2:8099/svg"/>',
    "both",
    "reject",
    "no request leaves the server",
)
put(
    "svg_named.png",
    SVG % b"<script>alert(1)</script>",
    "image",
    "reject",
    "content is not PNG",
    type="image/png",
)
put(
    "html_named.pdf",
    b"<!doctype html><title>x</title><script>alert(1)</script>",
    "attachment",
    "reject",
    "magic bytes are not %PDF-; if stored, served application/pdf + nosniff + attachment: never runs",
)
put(
    "html_named.jpg",
    b"<!doctype html><script>alert(1)</script>",
    "both",
    "reject",
    "not an image",
    type="image/jpeg",
)
put("page.html", b"<script>alert(1)</script>", "attachment", "reject", "HTML attachment refused")
put(
    "page.xhtml",
    b'<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>',
    "attachment",
    "reject",
    "refused",
)
put("page.shtml", b'<!--#exec cmd="id" -->', "attachment", "reject", "refused")
put(
    "feed.xml",
    b'<?xml-stylesheet href="javascript:alert(1)"?><x xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></x>',
    "attachment",
    "reject",
    "XML can run script: refused or attachment",
)
put(
    "mime.mht",
    b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>",
    "attachment",
    "reject",
    "refused",
)
put(
    "shell.php.jpg",
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00<?php echo 7*7; ?>",
    "both",
    "reject",
    "PHP named .jpg: not an image",
    type="image/jpeg",
)
put("shell.phtml", b"<?php echo 7*7;", "attachment", "reject", "refused")
put(
    "app.hta",
    b"<script>new ActiveXObject('WScript.Shell')</script>",
    "attachment",
    "reject",
    "refused",
)
put(
    "link.url",
    b"[InternetShortcut]\r\nURL=file://127.0.0.2/share\r\n",
    "attachment",
    "reject",
    "refused",
)
put("macro.xlsm", b"PK\x03\x04" + b"\0" * 60, "attachment", "reject", "macro type refused")
put(
    "js.pdf",
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    "attachment",
    "accept",
    "a PDF may hold script: served attachment or with CSP sandbox on its own; never inline in our origin's frame",
)
put(
    "pdf_html_polyglot.pdf",
    b"<script>alert(1)</script>\n%PDF-1.4\n%%EOF",
    "attachment",
    "reject",
    "%PDF- not at offset 0",
)
put(
    "ok.pdf",
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    "attachment",
    "accept",
    "control sample; Content-Disposition filename* is UTF-8",
    name="Покана за Общо събрание – 27 февруари 2020 г..pdf",
)
put(
    "csv_formula.csv",
    'име;сума\n=HYPERLINK("http://127.0.0.2:8099/");1\n'.encode(),
    "attachment",
    "either",
    "if CSV is allowed: attachment + text/csv + nosniff",
)

# --- sizes, emptiness, multipart tricks ------------------------------------------------------------------------------------
put("zero.jpg", b"", "image", "reject", "0 bytes: 'the submitted file is empty'")
put("zero.pdf", b"", "attachment", "reject", "0 bytes")
put("one_byte.png", b"\x89", "image", "reject", "form error")
put("null_bytes.jpg", b"\0" * 4096, "image", "reject", "form error")
if BIG:
    with (OUT / "fifty_mb.jpg").open("wb") as f:
        f.write(b"\xff\xd8\xff\xe0")
        [f.write(os.urandom(1 << 20)) for _ in range(50)]
    put(
        "fifty_mb.jpg",
        None,
        "image",
        "reject",
        "refused by size before decode: 413 from the proxy or form error; /tmp is clean afterwards",
    )
    with (OUT / "fifty_mb.pdf").open("wb") as f:
        f.write(b"%PDF-1.4\n")
        f.truncate(50 * 1024 * 1024)
    put("fifty_mb.pdf", None, "attachment", "reject", "over the attachment limit")
put(
    "multipart_101_files",
    b"",
    "both",
    "reject",
    "send 101 parts with a file: 400 (DATA_UPLOAD_MAX_NUMBER_FILES)",
    type="x-test/multipart",
)
put(
    "multipart_base64_spaces",
    b"A" + b" " * 2_000_000 + b"A",
    "both",
    "reject",
    "send with Content-Transfer-Encoding: base64 (Django CVE-2026-33033): answer < 2 s",
    type="x-test/multipart",
)
put(
    "multipart_no_end_boundary",
    b"x",
    "both",
    "reject",
    "body cut before the closing boundary: 400, no temp file left",
    type="x-test/multipart",
)
put(
    "multipart_content_length_lie",
    b"x",
    "both",
    "reject",
    "Content-Length 10x larger than the body, then close: worker freed, no temp file left",
    type="x-test/multipart",
)

(OUT / "manifest.json").write_text(json.dumps(M, ensure_ascii=False, indent=1), encoding="utf-8")
print(len(M), "cases,", len({m["disk"] for m in M}), "files in", OUT)
