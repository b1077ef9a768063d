"""Which system user runs the server, and in which folder its data lie."""

import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from sorb.postgres.errors import PostgresError

ACCOUNT = "sorb-postgres"
SYSTEM_FOLDER = Path("/var/lib") / ACCOUNT
# The server gets nothing of our environment: no PG* variable, no locale, no LD_LIBRARY_PATH.
ENVIRONMENT = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C"}


@dataclass(frozen=True)
class Owner:
    """The system user who runs the server and owns its files.

    `is_other` is true when that is not the user of this process, that is, when we are root:
    PostgreSQL refuses to run as root.
    """

    name: str
    uid: int
    gid: int
    is_other: bool

    @classmethod
    def of_this_process(cls) -> Self:
        uid = os.geteuid()
        return cls(name=_name_of(uid) or str(uid), uid=uid, gid=os.getegid(), is_other=False)

    @classmethod
    def from_account(cls, account: pwd.struct_passwd) -> Self:
        return cls(account.pw_name, account.pw_uid, account.pw_gid, is_other=True)

    def run(
        self, *command: str | Path, cwd: Path = Path("/"), stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this user and wait for it; the caller looks at its return code."""
        return subprocess.run(  # noqa: S603 - no shell, and every argument is ours
            [str(part) for part in command],
            cwd=cwd,
            env=ENVIRONMENT,
            input=stdin,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            umask=0o077,
            user=self.uid if self.is_other else None,
            group=self.gid if self.is_other else None,
            extra_groups=[] if self.is_other else None,
        )

    def can_enter(self, folder: Path) -> bool:
        return self.run("test", "-x", folder).returncode == 0

    def make_folder(self, path: Path) -> None:
        """Make `path` a folder of this user, mode 0700, or accept it if it already is one.

        Raises PostgresError when it belongs to somebody else: nothing existing is ever chmod-ed,
        and changes hands only when empty (a start killed between mkdir and chown leaves that).
        """
        path.mkdir(mode=0o700, exist_ok=True)
        found = path.lstat()
        if self.is_other and found.st_uid == 0 and not any(path.iterdir()):
            os.chown(path, self.uid, self.gid, follow_symlinks=False)
            found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != self.uid:
            raise PostgresError(
                f"{path} belongs to {_name_of(found.st_uid) or found.st_uid}, but the embedded "
                f"PostgreSQL would run as {self.name}: run this as the owner, or move it away."
            )

    def open(self, path: Path, *, empty: bool = False) -> int:
        """Open (or create, 0600) a file of this user; a symbolic link is refused, for we may be
        root in a folder that is not root's. Returns a descriptor that the caller closes."""
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | (os.O_TRUNC if empty else 0)
        descriptor = os.open(path, flags, 0o600)
        if self.is_other:
            os.fchown(descriptor, self.uid, self.gid)
        return descriptor

    def write(self, path: Path, text: str) -> None:
        with os.fdopen(self.open(path, empty=True), "w", encoding="utf-8") as file:
            file.write(text)


def tag(path: Path) -> str:
    """A short name for a path, for folders that cannot lie below it."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]


def existing_home(var: Path) -> Path | None:
    """The folder where the data of `var` lie already, or None. Creates nothing."""
    homes = [var / "postgres", SYSTEM_FOLDER / tag(var)]
    # os.path, because Path.exists raises where we may not look.
    return next((home for home in homes if os.path.exists(home / "data")), None)  # noqa: PTH110


def locate(var: Path) -> tuple[Path, Owner]:
    """The home of the server of `var`, made if need be, and who owns it.

    Usually `var/postgres`, owned by the user of this process. As root: owned by whom the data
    belong to already, else by the owner of the checkout, else by a system user made for it; and
    in SYSTEM_FOLDER when that user cannot enter `var` (a checkout below a 0700 folder).

    Raises PostgresError when the folder belongs to somebody else.
    """
    home, owner = _place(var)
    if home.is_relative_to(var):
        _make_var(var)
    elif not SYSTEM_FOLDER.is_dir():
        SYSTEM_FOLDER.mkdir(exist_ok=True)
        SYSTEM_FOLDER.chmod(0o755)  # ours and new; the umask may have been strict
    owner.make_folder(home)
    return home, owner


def _place(var: Path) -> tuple[Path, Owner]:
    home = existing_home(var)
    if os.geteuid() != 0:
        return home or var / "postgres", Owner.of_this_process()
    if home:
        owner = Owner.from_account(_account_of(home.stat().st_uid))
        if not owner.can_enter(home):
            raise PostgresError(
                f"{home} holds data of {owner.name}, who cannot enter it any more: "
                "a folder above it has become private. Move the data where it can."
            )
        return home, owner
    nearest = next(folder for folder in (var, *var.parents) if folder.exists())
    owner = Owner.from_account(_account_of(nearest.stat().st_uid))
    inside = owner.can_enter(nearest)
    return (var / "postgres" if inside else SYSTEM_FOLDER / tag(var)), owner


def _make_var(var: Path) -> None:
    """Make `var`; for root in somebody's checkout it becomes theirs, as if they had made it."""
    missing = [folder for folder in (var, *var.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            above = folder.parent.stat()
            os.chown(folder, above.st_uid, above.st_gid)


def _name_of(uid: int) -> str | None:
    return next((user.pw_name for user in pwd.getpwall() if user.pw_uid == uid), None)


def _account_of(uid: int) -> pwd.struct_passwd:
    if uid == 0:
        return _system_account()
    try:
        return pwd.getpwuid(uid)
    except KeyError:  # a bind mount in a container; initdb wants an account that has a name
        return _system_account()


def _system_account() -> pwd.struct_passwd:
    """The account made for the server, without login; `nobody` where none can be made."""
    account = _account_named(ACCOUNT)
    if account or not shutil.which("useradd"):
        return account or pwd.getpwnam("nobody")
    for _ in _tries(seconds=10):  # useradd fails while another program holds the password file
        if account := _add_account():
            return account
    return pwd.getpwnam("nobody")


def _add_account() -> pwd.struct_passwd | None:
    """Make the account, or find it made: one process at a time.

    Two useradd at once both succeed, and the second gives the account another number.
    """
    command = ["useradd", "--system", "--no-create-home", "--shell=/usr/sbin/nologin", ACCOUNT]
    turn = os.open("/etc", os.O_RDONLY | os.O_DIRECTORY)  # where the accounts are, for all of us
    try:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not _account_named(ACCOUNT):
            subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell
        return _account_named(ACCOUNT)
    finally:
        os.close(turn)


def _account_named(name: str) -> pwd.struct_passwd | None:
    return next((user for user in pwd.getpwall() if user.pw_name == name), None)


def _tries(seconds: float) -> Iterator[None]:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        yield
        time.sleep(0.1)
