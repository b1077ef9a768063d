"""The embedded server: many processes use it, the first starts it and the last stops it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sorb.postgres.cluster import ROLE, Cluster
from sorb.postgres.owner import existing_home, locate, tag
from sorb.postgres.postmaster import Postmaster


@dataclass(frozen=True)
class Status:
    """What `status` tells: `pid` is None when the server is stopped, `home` before it was made."""

    pid: int | None = None
    major: int | None = None
    home: Path | None = None
    folder: Path | None = None
    user: str | None = None


class Server:
    """The server whose data belong to the folder `var`.

    A process that uses it holds a shared flock on `users.lock`. The kernel frees the lock of a
    killed process, so no list of users can go stale. Starting and stopping happen under an
    exclusive flock on `gate.lock`.
    """

    def __init__(self, var: Path) -> None:
        self.var = var.resolve()
        self._users: int | None = None

    @cached_property
    def cluster(self) -> Cluster:
        home, owner = locate(self.var)
        return Cluster(home, owner)

    @cached_property
    def postmaster(self) -> Postmaster:
        spare_folder = Path("/tmp") / f"sorb-postgres-{tag(self.var)}"  # noqa: S108 - owner checked
        return Postmaster(self.cluster, spare_folder)

    @property
    def folder(self) -> Path:
        """Where the Unix socket is."""
        return self.postmaster.socket_folder

    @property
    def address(self) -> dict[str, str]:
        """USER, PASSWORD, HOST and PORT, as Django's DATABASES spells them."""
        password = self.cluster.key.read_text("utf-8")
        return {"USER": ROLE, "PASSWORD": password, "HOST": str(self.folder), "PORT": "5432"}

    def join(self) -> None:
        """Use the server from this process on; starts it if it does not run, also when it crashed.

        Raises PostgresError (BinariesNotFoundError without PostgreSQL) with words for a person.
        """
        with self._gate():
            if self._users is None:
                self._users = self.shared_lock()
            self._ensure_running()

    def shared_lock(self) -> int:
        """A lock that says "in use": a descriptor to close, or to hand to `inherit`."""
        users = self._open("users.lock")
        fcntl.flock(users, fcntl.LOCK_SH)
        return users

    def inherit(self, users: int) -> None:
        """In a forked child: use that lock in place of the one that is still the parent's.

        With only the parent's, nobody could see that the child goes on when the parent ends.
        """
        if self._users is not None:
            os.close(self._users)
        self._users = users

    def leave(self) -> None:
        """End this process's use; the last one out stops the server, unless `start` keeps it."""
        if self._users is None:
            return
        users, self._users = self._users, None
        try:
            with self._gate():
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails if others still use it
                if not self._is_kept():
                    self.postmaster.stop()
        except (BlockingIOError, FileNotFoundError):  # others go on; or the folder was removed
            pass
        finally:
            fcntl.flock(users, fcntl.LOCK_UN)  # close alone would not, were there a copy of it
            os.close(users)

    def start(self) -> None:
        """Start the server and keep it until `stop`, whoever leaves. Raises as `join` does."""
        with self._gate():
            self._ensure_running()
            self.cluster.owner.write(self.cluster.home / "kept", self._identity())

    def stop(self) -> bool:
        """Stop the server, whoever uses it; False if it did not run."""
        if existing_home(self.var) is None:
            return False
        with self._gate():
            return self.postmaster.stop()

    def status(self) -> Status:
        """Whether and where the server runs. Creates nothing."""
        home = existing_home(self.var)
        if home is None:
            return Status()
        cluster = self.cluster
        return Status(cluster.postmaster(), cluster.major, home, self.folder, cluster.owner.name)

    def _open(self, name: str) -> int:
        return self.cluster.owner.open(self.cluster.home / name)

    @contextmanager
    def _gate(self) -> Iterator[None]:
        gate = self._open("gate.lock")
        try:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield
        finally:
            os.close(gate)

    def _ensure_running(self) -> None:
        if not (self.cluster.key.exists() and self.postmaster.is_ready()):
            self.postmaster.start()

    def _identity(self) -> str:
        """Pid and start time of the postmaster, so that a mark does not outlive it."""
        return " ".join(self.cluster.pid_file()[0:3:2])

    def _is_kept(self) -> bool:
        mark = self.cluster.home / "kept"
        return mark.exists() and mark.read_text() == self._identity()
