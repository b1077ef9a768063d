"""The process that serves one cluster on one Unix socket: started, awaited, stopped."""

import os
import shlex
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path

from sorb.postgres import binaries
from sorb.postgres.cluster import Cluster
from sorb.postgres.errors import PostgresError

SOCKET = ".s.PGSQL.5432"
SOCKET_BYTES = 107 if sys.platform == "linux" else 103  # sockaddr_un.sun_path less its NUL
SECONDS = 60  # how long we wait for recovery, or for the last checkpoint
ORPHAN_SECONDS = 15  # how long backends may outlive a killed postmaster
SETTINGS = (
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "fsync=on",
    "full_page_writes=on",
    "synchronous_commit=on",
    "timezone=UTC",
    "log_timezone=UTC",
)


class Postmaster:
    """The server process of `cluster`. Only one process at a time may start or stop it.

    Its socket lies in the home, or in `spare_folder` when that path is too long for a socket.
    """

    def __init__(self, cluster: Cluster, spare_folder: Path) -> None:
        inside = cluster.home / "run"
        fits = len(os.fsencode(inside / SOCKET)) <= SOCKET_BYTES
        self.cluster = cluster
        self.socket_folder = inside if fits else spare_folder

    def is_ready(self) -> bool:
        """Does it accept connections? Waits while it recovers; False when nobody listens."""
        deadline = time.monotonic() + SECONDS
        while self._listens():
            if self.cluster.is_ready:
                return True
            if time.monotonic() > deadline:
                raise PostgresError(
                    f"PostgreSQL in {self.cluster.home} is not ready after {SECONDS} s:\n"
                    f"{self.cluster.last_words()}"
                )
            time.sleep(0.05)
        return False

    def _listens(self) -> bool:
        with socket.socket(socket.AF_UNIX) as connection:
            return connection.connect_ex(str(self.socket_folder / SOCKET)) == 0

    def start(self) -> None:
        """Start it, making the cluster if need be. Raises PostgresError with the end of the log."""
        cluster = self.cluster
        self.stop()  # it may run without its socket, when somebody cleaned /tmp
        programs = binaries.find(cluster.owner, cluster.major)
        if cluster.major is None:
            cluster.create(programs)
        cluster.forget_dead_postmaster()
        if not cluster.key.exists():
            cluster.reset_password(programs)
        cluster.owner.make_folder(self.socket_folder)
        # It lies in our own folder, so it is no other server's.
        (self.socket_folder / f"{SOCKET}.lock").unlink(missing_ok=True)
        options = ["-k", str(self.socket_folder)]
        for setting in SETTINGS:
            options += ["-c", setting]
        deadline = time.monotonic() + ORPHAN_SECONDS
        while not cluster.launch(programs, shlex.join(options)) and not self.is_ready():
            # Backends of a killed postmaster end by themselves, but only between two statements.
            orphans = "still in use" in cluster.last_words()
            if not orphans or time.monotonic() > deadline:
                raise PostgresError(
                    f"PostgreSQL {programs.major} in {cluster.home} did not start:\n"
                    f"{cluster.last_words()}"
                )
            time.sleep(0.2)

    def stop(self) -> bool:
        """Stop it and wait until it has ended; False if it did not run."""
        pid = self.cluster.postmaster()
        if pid is None:
            return False
        os.kill(pid, signal.SIGINT)  # PostgreSQL's "fast shutdown": sessions end, all is written
        deadline = time.monotonic() + SECONDS
        while self.cluster.runs(pid):
            if time.monotonic() > deadline:
                raise PostgresError(f"PostgreSQL (pid {pid}) did not stop within {SECONDS} s.")
            time.sleep(0.02)
        if self.socket_folder.parent != self.cluster.home:
            with suppress(OSError):  # gone already, or somebody put a file there
                self.socket_folder.rmdir()
        return True
