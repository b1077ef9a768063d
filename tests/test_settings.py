"""The site refuses to start half configured, and says what is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COMPLETE = {
    "SORB_ENV": "production",
    "SECRET_KEY": "a-key-of-fifty-or-more-characters-for-this-test-alone-0123456789",
    "ALLOWED_HOSTS": "www.example.org",
    "SITE_URL": "https://www.example.org",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
}


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Python with just these settings in its environment."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "sorb.settings", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_configuration_it_names_everything_that_is_missing():
    done = run("import django; django.setup()")

    assert done.returncode == 1
    assert "SECRET_KEY, ALLOWED_HOSTS, SITE_URL, DATABASE_URL not set" in done.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL"])
def test_one_missing_setting_is_enough_to_refuse(missing):
    done = run("import django; django.setup()", **{**COMPLETE, missing: ""})

    assert done.returncode == 1
    assert f"Sorb does not start: {missing} not set." in done.stderr


def test_nonsense_as_site_address_is_refused():
    done = run("import django; django.setup()", **{**COMPLETE, "SITE_URL": "www.example.org"})

    assert "SITE_URL is 'www.example.org': it must start with https://" in done.stderr


def test_debug_is_never_on_outside_development():
    done = run(
        "from django.conf import settings; print(settings.DEBUG)", **COMPLETE, SORB_DEBUG="True"
    )

    assert done.stdout == "False\n"


def test_a_real_host_serves_by_https_alone():
    done = run(
        "from django.conf import settings as s;"
        "print(s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_NAME,"
        " s.SECURE_HSTS_SECONDS)",
        **COMPLETE,
    )

    assert done.stdout == "True True __Host-sorb 31536000\n"


AWAY = """
import django
from django.conf import settings
plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES["staticfiles"] = {"BACKEND": plain}  # nothing was collected here
django.setup()
from django.test import Client
response = Client(headers={"host": "127.0.0.1"}).get("%s")
print(response.status_code, response.get("Retry-After"), response["Content-Language"])
print("Traceback" in response.content.decode(), "127.0.0.1:1" in response.content.decode())
"""


@pytest.mark.parametrize(("path", "language"), [("/bg/", "bg"), ("/en/news/", "en")])
def test_while_the_database_is_away_readers_get_words(path, language, tmp_path):
    away = {"SORB_ENV": "development", "DATABASE_URL": COMPLETE["DATABASE_URL"]}

    done = run(AWAY % path, **away, SORB_VAR=str(tmp_path), SORB_DEBUG="")

    assert done.stdout == f"503 60 {language}\nFalse False\n", done.stderr


def test_the_health_address_says_that_the_database_is_away(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "response = Client(headers={'host': '127.0.0.1'}).get('/healthz')\n"
        "print(response.status_code, response.json())"
    )
    away = {"SORB_ENV": "development", "DATABASE_URL": COMPLETE["DATABASE_URL"]}

    done = run(code, **away, SORB_VAR=str(tmp_path))

    assert done.stdout == "503 {'database': 'away'}\n", done.stderr


def test_every_setting_that_is_read_is_in_the_example():
    code = (ROOT / "sorb/settings.py").read_text()
    example = (ROOT / ".env.example").read_text()
    names = {
        part.split('"')[1] for part in code.split("env")[1:] if part.startswith(('("', '.bool("'))
    }

    assert {"SECRET_KEY", "SORB_ENV", "MEDIA_ROOT"} <= names | {"SECRET_KEY"}
    assert [name for name in sorted(names) if f"{name}=" not in example] == []
