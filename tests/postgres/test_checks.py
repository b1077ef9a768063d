"""The system check on servers of all kinds, as DATABASE_URL may name them."""

import json

import pytest

from sorb.postgres.server import Server

from .conftest import Python, ask

CHECK = """
import json, os
from django.conf import settings
settings.configure(
    SECRET_KEY="no secret",
    INSTALLED_APPS=["django.contrib.postgres", "sorb.postgres"],
    DATABASES={"default": json.loads(os.environ["DATABASE"])},
)
import django
django.setup()
from django.core import checks
from django.db.backends.postgresql.features import DatabaseFeatures
if os.environ["MINIMUM"]:
    DatabaseFeatures.minimum_database_version = (int(os.environ["MINIMUM"]),)
for error in checks.run_checks(tags=[checks.Tags.database], databases=["default"]):
    print(error.id, error.hint)
"""


def check(python: Python, server: Server, database: str, minimum: str = "") -> list[str]:
    """What the check says of a database that Django's own engine connects to."""
    settings = {"ENGINE": "django.db.backends.postgresql", "NAME": database, **server.address}
    process = python(CHECK, server.var, DATABASE=json.dumps(settings), MINIMUM=minimum)
    output, errors = process.communicate(timeout=60)
    assert errors == ""
    return output.splitlines()


def test_check_is_content_with_the_embedded_server(running: Server, python: Python) -> None:
    assert check(python, running, "sorb") == []


def test_check_leaves_no_extension_behind(running: Server, python: Python) -> None:
    ask(running, "DROP EXTENSION IF EXISTS pg_trgm")

    check(python, running, "sorb")

    found = ask(running, "SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'")

    assert found == 0


def test_check_finds_the_extension_in_a_schema_of_its_own(running: Server, python: Python) -> None:
    ask(running, "CREATE DATABASE elsewhere")
    ask(running, 'CREATE SCHEMA "Разширения"', "elsewhere")
    ask(running, 'CREATE EXTENSION pg_trgm SCHEMA "Разширения"', "elsewhere")

    assert check(python, running, "elsewhere") == []


@pytest.mark.parametrize("extension", ["", "CREATE EXTENSION pg_trgm"])
def test_check_refuses_a_database_blind_to_cyrillic(
    running: Server, python: Python, extension: str
) -> None:
    name = f"blind{len(extension)}"
    ask(running, f"CREATE DATABASE {name} TEMPLATE template0 LC_CTYPE 'C'")
    ask(running, extension or "SELECT 1", name)

    found = check(python, running, name)

    assert [line.split()[0] for line in found] == ["sorb.E002", "sorb.E003"]
    assert all("LC_CTYPE 'C.UTF-8'" in line for line in found)


def test_check_says_so_when_trigrams_cannot_be_created(running: Server, python: Python) -> None:
    found = check(python, running, "postgres")

    assert [line.split()[0] for line in found] == ["sorb.E004"]
    assert "CREATE EXTENSION pg_trgm" in found[0]


def test_check_refuses_a_server_that_is_too_old(running: Server, python: Python) -> None:
    found = check(python, running, "sorb", minimum="99")

    assert [line.split()[0] for line in found] == ["sorb.E001"]
