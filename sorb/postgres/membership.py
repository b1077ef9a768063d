"""Which embedded servers this process uses, and how it leaves them: at exit, SIGTERM and fork."""

import os
import signal
import threading
from contextlib import suppress
from multiprocessing import util
from pathlib import Path
from types import FrameType

from sorb.postgres.errors import PostgresError
from sorb.postgres.server import Server

_joined: dict[Path, Server] = {}
_lock = threading.Lock()
_forking = threading.local()  # threads may fork at the same time


def join(var: Path, *, again: bool = False) -> Server:
    """The running server of the folder `var`, which this process uses until it ends.

    Starts it if need be; with `again` also when it was running but has crashed since. From any
    thread. Raises PostgresError with words for a person.
    """
    with _lock:
        server = _joined.get(var)
        if server is None or again:
            server = server or Server(var)
            try:
                server.join()
            except OSError as error:
                raise PostgresError(f"The embedded PostgreSQL cannot be used: {error}") from error
            _leave_at_exit(var, server)
        return server


def leave_on_signals() -> None:
    """Turn SIGTERM and SIGHUP into an ordinary exit, where nobody else handles them.

    Without it a terminated process would not stop the server that it was the last to use. Does
    nothing outside the main thread, where Python cannot set handlers.
    """
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _exit)


def _exit(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)  # as a shell reports a death by this signal


def _leave_at_exit(var: Path, server: Server) -> None:
    if var not in _joined:
        _joined[var] = server
        # Not atexit: a child of multiprocessing ends without it (before Python 3.14). The negative
        # priority lets children that are still working end first.
        util.Finalize(None, server.leave, exitpriority=-1)


def _before_fork() -> None:
    # Here and not in the child, which the parent's end could overtake.
    _forking.locks = []
    for server in _joined.values():
        with suppress(OSError):  # the folder is gone: the child shares the parent's lock
            _forking.locks.append((server, server.shared_lock()))


def _after_fork_in_parent() -> None:
    for _server, users in _forking.locks:
        os.close(users)


def _after_fork_in_child() -> None:
    global _lock
    _lock = threading.Lock()  # another thread of the parent may have held the old one
    for server, users in _forking.locks:
        server.inherit(users)
        util.Finalize(None, server.leave, exitpriority=-1)


os.register_at_fork(
    before=_before_fork,
    after_in_parent=_after_fork_in_parent,
    after_in_child=_after_fork_in_child,
)
