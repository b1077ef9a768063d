"""Everything that can be checked without running the site. Prints each check; fails at the end."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "sorb/locale/bg/LC_MESSAGES/django.po"
PRODUCTION = {
    "SORB_ENV": "production",
    "SECRET_KEY": "a-key-of-fifty-or-more-characters-for-this-check-alone-0123456789",
    "ALLOWED_HOSTS": "www.example.org",
    "SITE_URL": "https://www.example.org",
    "DATABASE_URL": "postgres://nobody@localhost/none",
}
Done = subprocess.CompletedProcess[str]


def run(*command: str, **environment: str) -> Done:
    """Run Python in the root of the checkout."""
    return program(Path(sys.executable).name, *command, **environment)


def program(name: str, *arguments: str, **environment: str) -> Done:
    """Run a program of the virtual environment in the root of the checkout."""
    return subprocess.run(
        [str(Path(sys.executable).parent / name), *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def templates() -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))


def catalogue() -> str:
    """What is wrong with the Bulgarian catalogue: '' when it is complete and compiled."""
    entries = polib.pofile(str(CATALOGUE))
    wrong = [f"not translated: {entry.msgid!r}" for entry in entries.untranslated_entries()]
    wrong += [f"fuzzy: {entry.msgid!r}" for entry in entries.fuzzy_entries()]
    wrong += [f"no longer used: {entry.msgid!r}" for entry in entries.obsolete_entries()]
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    if {(e.msgctxt, e.msgid): _texts(e) for e in entries} != {
        (e.msgctxt, e.msgid): _texts(e) for e in compiled
    }:
        wrong.append("django.mo is older than django.po: make messages")
    return "\n".join(wrong + uncollected(entries))


def _texts(entry: polib.POEntry | polib.MOEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def uncollected(entries: polib.POFile) -> list[str]:
    """Words of the code that the catalogue lacks (needs gettext's xgettext)."""
    if not shutil.which("xgettext"):
        if os.environ.get("CI") == "true":
            return ["xgettext is missing: install gettext"]
        print("   (gettext is not installed: whether new words are collected is not checked)")
        return []
    kept = CATALOGUE.read_bytes()
    try:
        done = run(*MAKEMESSAGES)
        if done.returncode:
            return [done.stderr]
        now = polib.pofile(str(CATALOGUE))
    finally:
        CATALOGUE.write_bytes(kept)
    known = {(entry.msgctxt, entry.msgid) for entry in entries}
    return [
        f"new: {e.msgid!r}" for e in now if not e.obsolete and (e.msgctxt, e.msgid) not in known
    ]


MAKEMESSAGES = (
    *("manage.py", "makemessages", "--locale", "bg", "--no-location", "--no-wrap"),
    *("--ignore", "var", "--ignore", ".venv", "--verbosity", "0"),
)


def mypy() -> Done:
    with tempfile.TemporaryDirectory() as nothing:
        return run(
            "-m", "mypy", "manage.py", "sorb", "news", "events", "calendar_app", SORB_VAR=nothing
        )


def main() -> int:
    checks = {
        "ruff": lambda: run("-m", "ruff", "check", "--quiet", "."),
        "ruff format": lambda: run("-m", "ruff", "format", "--check", "--quiet", "."),
        "import order": lambda: program("lint-imports"),
        "mypy": mypy,
        "djlint": lambda: run("-m", "djlint", "templates", "--lint", "--quiet"),
        "djade": lambda: program("djade", "--target-version", "5.2", "--check", *templates()),
        "migrations": lambda: run(
            "-W", "error", "manage.py", "makemigrations", "--check", "--dry-run"
        ),
        "check": lambda: run("-W", "error", "manage.py", "check", "--fail-level", "WARNING"),
        "check --deploy": lambda: run(
            *("-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
            **PRODUCTION,
        ),
    }
    failed = []
    for name, check in checks.items():
        print(f"-- {name}", flush=True)
        done = check()
        if done.returncode:
            failed.append(name)
            print(done.stdout + done.stderr, flush=True)
    print("-- catalogue", flush=True)
    if wrong := catalogue():
        failed.append("catalogue")
        print(wrong)
    print(f"Failed: {', '.join(failed)}" if failed else "Everything is in order.")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
