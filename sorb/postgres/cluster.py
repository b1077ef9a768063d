"""The files of one PostgreSQL cluster: its data, the password of our role, its pid and log."""

import os
import secrets
import shutil
import sys
from pathlib import Path
from subprocess import CompletedProcess

from sorb.postgres.binaries import Binaries
from sorb.postgres.errors import PostgresError
from sorb.postgres.owner import Owner

ROLE = "sorb"
DATABASE = "sorb"
# With ctype C, lower() and pg_trgm would not see Cyrillic letters. macOS has no C.UTF-8.
CTYPE = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
LOG_BYTES = 1_000_000
# A pid that no process can have: above every limit of Linux and macOS.
NO_PID = 2**31 - 2


class Cluster:
    """The files below `home`, which belong to `owner`."""

    def __init__(self, home: Path, owner: Owner) -> None:
        self.home = home
        self.owner = owner
        self.data = home / "data"
        self.key = home / "key"
        self.log = home / "server.log"

    @property
    def major(self) -> int | None:
        """The major version that made the data, None before there are any."""
        version = self.data / "PG_VERSION"
        return int(version.read_text()) if version.exists() else None

    def create(self, binaries: Binaries) -> None:
        """Make data with our role and database. `data` appears as the last step, complete."""
        new = self.home / "data.new"
        shutil.rmtree(new, ignore_errors=True)  # what a killed first start left
        self._run(
            binaries.folder / "initdb",
            *("-D", new.name, "-U", "postgres", "-A", "reject", "-E", "UTF8"),
            *("--locale=C", f"--lc-ctype={CTYPE}"),
        )
        # The superuser has no password, so nobody can log in as him, not even through the socket.
        self.owner.write(new / "pg_hba.conf", "local all all scram-sha-256\n")
        # As on managed servers: no superuser. He can still create trusted extensions.
        self._set_password(binaries, new, f"CREATE ROLE {ROLE} LOGIN CREATEDB")
        self._single(binaries, new, f"CREATE DATABASE {DATABASE} OWNER {ROLE}")
        new.rename(self.data)

    def reset_password(self, binaries: Binaries) -> None:
        """Give our role a new password, for when the key file was lost. The server is stopped."""
        self._set_password(binaries, self.data, f"ALTER ROLE {ROLE}")

    def _set_password(self, binaries: Binaries, data: Path, statement: str) -> None:
        password = secrets.token_urlsafe(24)
        self._single(binaries, data, f"{statement} PASSWORD '{password}'")
        unfinished = self.home / "key.new"
        self.owner.write(unfinished, password)
        unfinished.rename(self.key)

    def _single(self, binaries: Binaries, data: Path, statement: str) -> None:
        """Run one statement as superuser, without a server that others could reach."""
        options = ("--single", "-c", "exit_on_error=true", "-D", data.name, "postgres")
        self._run(binaries.folder / "postgres", *options, stdin=f"{statement};\n")

    def _run(self, *command: str | Path, stdin: str = "") -> CompletedProcess[str]:
        done = self.owner.run(*command, cwd=self.home, stdin=stdin)
        if done.returncode:
            said = f"{done.stdout}{done.stderr}".strip()
            raise PostgresError(f"{command[0]} failed as user {self.owner.name}:\n{said}")
        return done

    def launch(self, binaries: Binaries, options: str) -> bool:
        """Start the postmaster and wait until it accepts connections; False if it did not.

        `options` is quoted for the shell. Why it failed stands in the log.
        """
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.rename(self.log.with_suffix(".old.log"))
        # Relative names, because pg_ctl hands the absolute ones to a shell without quoting `$`.
        command = ["-D", self.data.name, "-l", self.log.name, "-s", "-w", "-t", "60"]
        pg_ctl = binaries.folder / "pg_ctl"
        done = self.owner.run(pg_ctl, *command, "-o", options, "start", cwd=self.home)
        return done.returncode == 0

    def last_words(self) -> str:
        """The end of the server's log."""
        return self.log.read_text("utf-8", "replace")[-1500:] if self.log.exists() else ""

    def postmaster(self) -> int | None:
        """The pid of the running postmaster of these data, None if there is none.

        The pid in the file is not enough: after a crash it may be a zombie or another program's.
        """
        lines = self.pid_file()
        pid = int(lines[0]) if lines and lines[0].strip().isdigit() else None
        return pid if pid and self.runs(pid) else None

    def runs(self, pid: int) -> bool:
        """Is `pid` a living process that works in our data folder, as a postmaster does?"""
        if not Path("/proc/self").exists():  # macOS
            said = self.owner.run("lsof", "-a", "-p", str(pid), "-d", "cwd", "-Fn").stdout
            return f"n{self.data}" in said.splitlines()
        link = Path(f"/proc/{pid}/cwd")
        try:
            return link.readlink() == self.data
        except PermissionError:  # root in a container may not look, but the owner may
            return self.owner.run("readlink", link).stdout.rstrip("\n") == str(self.data)
        except OSError:
            return False

    def pid_file(self) -> list[str]:
        """The lines of postmaster.pid: pid, data, start time, port, socket, ..., state."""
        try:
            return (self.data / "postmaster.pid").read_text("utf-8", "replace").splitlines()
        except OSError:
            return []

    @property
    def is_ready(self) -> bool:
        """Does the postmaster say so, that is, has it recovered and is not stopping?"""
        return [line.strip() for line in self.pid_file()[-1:]] == ["ready"]

    def forget_dead_postmaster(self) -> None:
        """Make a postmaster.pid without its postmaster harmless.

        PostgreSQL would refuse to start when the pid in it is alive, whoever that is by now. Only
        the pid is replaced: from the rest PostgreSQL sees whether orphaned backends still run.
        """
        file = self.data / "postmaster.pid"
        if not os.path.lexists(file) or self.postmaster():
            return
        if rest := self.pid_file()[1:]:
            self.owner.write(file, "\n".join([str(NO_PID), *rest, ""]))
        else:  # a power cut leaves it empty
            file.unlink()
