"""Django's PostgreSQL backend, which starts the embedded server at the first connection.

    DATABASES = {"default": {"ENGINE": "sorb.postgres", "NAME": "sorb", "VAR": BASE_DIR / "var"}}

Commands that need no database (`help`, `makemessages`, `collectstatic`) never start it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.postgresql import base, client
from django.db.utils import OperationalError

from sorb.postgres import membership
from sorb.postgres.binaries import find
from sorb.postgres.errors import PostgresError
from sorb.postgres.server import Server


class EmbeddedServerError(CommandError, OperationalError):
    """The embedded server cannot be used: to a command a message without a traceback, to a page
    a database that is down."""


def _join(settings_dict: dict[str, Any], *, again: bool = False) -> Server:
    try:
        return membership.join(Path(settings_dict["VAR"]), again=again)
    except KeyError as error:
        raise ImproperlyConfigured(
            'The engine "sorb.postgres" needs "VAR", the folder where the server keeps its data.'
        ) from error
    except PostgresError as error:
        raise EmbeddedServerError(str(error)) from error


class DatabaseClient(client.DatabaseClient):
    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        """The server's own psql, for `dbshell`."""
        server = _join(settings_dict)
        args, env = super().settings_to_cmd_args_env(
            {**settings_dict, **server.address}, parameters
        )
        programs = find(server.cluster.owner, server.cluster.major)
        return [str(programs.folder / cls.executable_name), *args[1:]], env


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def __init__(self, settings_dict: dict[str, Any], alias: str = DEFAULT_DB_ALIAS) -> None:
        super().__init__(settings_dict, alias)
        # Here and not at the first connection, which a server opens in a thread of its own.
        membership.leave_on_signals()

    def get_connection_params(self) -> dict[str, Any]:
        self.settings_dict.update(_join(self.settings_dict).address)
        return super().get_connection_params()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection; where the server has crashed it is started again, once."""
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            _join(self.settings_dict, again=True)
            return super().get_new_connection(self.get_connection_params())

    @contextmanager
    def _nodb_cursor(self) -> Iterator[Any]:
        # Before Django's own, which would hide our words behind a warning about database postgres.
        _join(self.settings_dict)
        with super()._nodb_cursor() as cursor:
            yield cursor
