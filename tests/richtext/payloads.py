"""The hostile texts of tests/hostile/xss_payloads.txt, their placeholders filled in."""

from pathlib import Path

FILE = Path(__file__).parent.parent / "hostile" / "xss_payloads.txt"
EVIL = "http://127.0.0.2:8099"
PLACEHOLDERS = {
    "[NUL]": "\0",
    "[TAB]": "\t",
    "[LF]": "\n",
    "[CR]": "\r",
    "[FF]": "\f",
    "[VT]": "\v",
    "[NBSP]": "\u00a0",
    "[ZWSP]": "\u200b",
    "[RLO]": "\u202e",
    "[BOM]": "\ufeff",
    "[SHY]": "\u00ad",
    "[EVILHOST]": EVIL.removeprefix("http://"),
    "[EVIL]": EVIL,
}


def expanded(line: str) -> str:
    for placeholder, meant in PLACEHOLDERS.items():
        line = line.replace(placeholder, meant)
    return line


def payloads() -> list[str]:
    lines = FILE.read_text(encoding="utf-8").split("\n")
    return [expanded(line) for line in lines if line.strip() and not line.startswith("## ")]
