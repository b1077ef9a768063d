"""A WSGI site of one page that asks the database something."""

from collections.abc import Callable, Iterable
from typing import Any

import django
from django.db import connection

django.setup()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'from the database'")
        [answer] = cursor.fetchone()
    connection.close()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [answer.encode()]
