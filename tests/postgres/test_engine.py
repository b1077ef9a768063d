from pathlib import Path

import pytest

from sorb.postgres.server import Server

from .conftest import Python

MANAGE = """
import sys
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", *sys.argv[1:]])
"""


@pytest.mark.parametrize("command", [["help"], ["check"], ["showmigrations", "--help"]])
def test_command_that_needs_no_database_does_not_start_the_server(
    new_var: Path, python: Python, command: list[str]
) -> None:
    process = python(MANAGE, new_var, *command)

    errors = process.communicate(timeout=30)[1]

    assert (process.returncode, errors) == (0, "")
    assert not new_var.exists()


def test_migrate_starts_the_server_and_leaves_it_stopped(new_var: Path, python: Python) -> None:
    process = python(MANAGE, new_var, "migrate", "--verbosity=1")

    output, errors = process.communicate(timeout=60)

    assert (process.returncode, errors) == (0, "")
    assert "Applying contenttypes.0001_initial... OK" in output
    assert Server(new_var).status().pid is None


def test_test_databases_are_made_and_destroyed(var: Path, python: Python) -> None:
    code = """
import django
django.setup()
from django.db import connection
name = connection.creation.create_test_db(verbosity=0)
connection.creation.clone_test_db("gw0", verbosity=0)
with connection.cursor() as cursor:
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test%' ORDER BY 1")
    print(connection.settings_dict["NAME"], [name for [name] in cursor.fetchall()])
connection.creation.destroy_test_db(suffix="gw0", verbosity=0)
connection.creation.destroy_test_db("sorb", verbosity=0)
with connection._nodb_cursor() as cursor:
    cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'test%'")
    print(cursor.fetchone())
"""

    output, errors = python(code, var).communicate(timeout=60)

    assert errors == ""
    assert output.splitlines() == ["test_sorb ['test_sorb', 'test_sorb_gw0']", "(0,)"]


def test_next_connection_after_a_crash_starts_the_server_again(var: Path, python: Python) -> None:
    code = """
import os, signal
from pathlib import Path
import django
django.setup()
from django.db import OperationalError, connection
from sorb.postgres.server import Server
def ask():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        print(cursor.fetchone())
ask()
os.kill(Server(Path(os.environ["VAR"])).status().pid, signal.SIGKILL)
connection.close()
ask()
"""

    output, errors = python(code, var).communicate(timeout=60)

    assert (output, errors) == ("(1,)\n(1,)\n", "")
    assert Server(var).status().pid is None


def test_error_that_is_not_a_crash_is_passed_on(var: Path, python: Python) -> None:
    code = """
import django
django.setup()
from django.db import OperationalError, connection
connection.settings_dict["NAME"] = "nowhere"
try:
    connection.ensure_connection()
except OperationalError as error:
    print(error)
"""

    output, errors = python(code, var).communicate(timeout=60)

    assert 'database "nowhere" does not exist' in output
    assert errors == ""


def test_dbshell_runs_the_psql_of_the_server(var: Path, python: Python) -> None:
    process = python(MANAGE, var, "dbshell", "--", "-tAc", "SELECT current_user")

    output, errors = process.communicate(timeout=60)

    assert (output, errors) == ("sorb\n", "")


@pytest.mark.parametrize("command", ["migrate", "dbshell"])
def test_machine_without_postgresql_gets_words_and_no_traceback(
    new_var: Path, python: Python, command: str
) -> None:
    without = "from sorb.postgres import binaries\nbinaries.folders = list\n"
    process = python(without + MANAGE, new_var, command)

    errors = process.communicate(timeout=30)[1]

    assert process.returncode == 1
    assert errors.startswith("EmbeddedServerError: No PostgreSQL 14 or later on this machine")
    assert "DATABASE_URL" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("place", ["ensure_connection()", "_nodb_cursor().__enter__()"])
def test_machine_without_postgresql_is_a_database_that_is_down(
    new_var: Path, python: Python, place: str
) -> None:
    code = f"""
import django
django.setup()
from django.db import OperationalError, connection
from sorb.postgres import binaries
binaries.folders = list
try:
    connection.{place}
except OperationalError as error:
    print(str(error).splitlines()[0])
"""

    output, errors = python(code, new_var).communicate(timeout=30)

    assert output == "No PostgreSQL 14 or later on this machine (found: none).\n"
    assert errors == ""


def test_engine_without_its_folder_says_what_is_missing(var: Path, python: Python) -> None:
    code = """
import django
django.setup()
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
del connection.settings_dict["VAR"]
try:
    connection.ensure_connection()
except ImproperlyConfigured as error:
    print(error)
"""

    output, errors = python(code, var).communicate(timeout=30)

    assert output.startswith('The engine "sorb.postgres" needs "VAR"')
    assert errors == ""
