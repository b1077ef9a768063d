"""Django's system check of the server, embedded or not: can it hold this site?

Runs with `manage.py migrate` and `manage.py check --database default`.
"""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, NotSupportedError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

NEW_DATABASE = (
    "Make the database anew with a character type that knows Cyrillic: CREATE DATABASE sorb "
    "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'."
)


@register(Tags.database)
def check_server(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """Errors E001 (too old), E002 (lower case), E003 (trigrams), E004 (no pg_trgm).

    An unreachable server raises OperationalError, as Django's own checks of databases do.
    """
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor == "postgresql":
            found += _check(connection)
    return found


def _check(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    try:
        connection.ensure_connection()
    except NotSupportedError as error:  # Django itself asks for 14 when it connects
        hint = "Use PostgreSQL 14 or later, or unset DATABASE_URL to use the embedded one."
        return [Error(str(error), hint=hint, id="sorb.E001")]
    # What is created to look at it, is rolled back.
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        found = [*_check_lower_case(cursor), *_check_trigrams(cursor, connection.alias)]
        transaction.set_rollback(True, using=connection.alias)
    return found


def _check_lower_case(cursor: CursorWrapper) -> list[CheckMessage]:
    cursor.execute("SELECT lower('Ж') = 'ж'")
    if cursor.fetchone() == (True,):
        return []
    return [
        Error("The database does not know Cyrillic capitals.", hint=NEW_DATABASE, id="sorb.E002")
    ]


def _check_trigrams(cursor: CursorWrapper, alias: str) -> list[CheckMessage]:
    try:
        with transaction.atomic(using=alias):
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError as error:
        return [
            Error(
                f"The database has no pg_trgm, and it cannot be created: {str(error).strip()}",
                hint="Install PostgreSQL's contrib package on the server, and run CREATE EXTENSION "
                "pg_trgm in this database as its administrator.",
                id="sorb.E004",
            )
        ]
    cursor.execute(
        "SELECT quote_ident(nspname) FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace "
        "WHERE extname = 'pg_trgm'"
    )
    [schema] = cursor.fetchone()
    cursor.execute(f"SELECT {schema}.show_trgm('Кмет') <> '{{}}'")
    if cursor.fetchone() == (True,):
        return []
    return [
        Error(
            "pg_trgm sees no Cyrillic letters here, so no search finds a misspelt word.",
            hint=NEW_DATABASE,
            id="sorb.E003",
        )
    ]
