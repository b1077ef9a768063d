"""What makes a checkout into a running site: database, static files, a first login."""

import hashlib
import os
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Say = Callable[[str], None]

LOGIN_NAME = "admin"


def migrate(say: Say) -> None:
    """Bring the database to the state that the code needs; a no-op when it is there."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Preparing the database ...")
        call_command("migrate", verbosity=0)


def collect_static(say: Say) -> None:
    """Make the hashed and compressed static files, when a source of them has changed."""
    stamp = Path(settings.STATIC_ROOT) / "sources"
    sources = _static_sources()
    if stamp.exists() and stamp.read_text() == sources:
        return
    say("Preparing the static files ...")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(sources)


def _static_sources() -> str:
    """A digest of the name, size and moment of every static file."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name}|{state.st_size}|{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def first_login() -> tuple[str, str]:
    """The name and password of this installation's first administrator.

    The account is made once, with a random password that is kept in var/login for the one who
    runs the trial. Whoever changes the password in the admin finds "changed" here.
    """
    accounts = get_user_model().objects
    path = Path(settings.VAR) / "login"
    if not accounts.filter(is_superuser=True).exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(12))
        accounts.create_superuser(LOGIN_NAME, password=path.read_text())
    account = accounts.filter(username=LOGIN_NAME).first()
    password = path.read_text() if path.exists() else ""
    is_ours = account is not None and account.check_password(password)
    return LOGIN_NAME, password if is_ours else "(changed)"


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def workers() -> int:
    """Server processes: one a core, at most four."""
    return min(os.cpu_count() or 1, 4)
