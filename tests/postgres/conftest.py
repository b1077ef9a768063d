"""Every test has a folder of its own, directly below /tmp: pytest's own is 0700, where a server
of root's could not live, and its names may be too long for a socket."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import psycopg2
import pytest

from sorb.postgres.server import Server

ROOT = Path(__file__).resolve().parents[2]

Python = Callable[..., subprocess.Popen[str]]


@contextmanager
def new_folder() -> Iterator[Path]:
    """A folder that everyone may enter; afterwards nothing of it is left, nor a process in it."""
    path = Path(tempfile.mkdtemp(prefix="sorb-test-", dir="/tmp"))
    path.chmod(0o755)
    try:
        yield path
        still_running = processes_in(path)
    finally:
        for pid in processes_in(path):
            os.kill(pid, 9)
        shutil.rmtree(path)
    assert not still_running, "a server outlived its test"


def processes_in(folder: Path) -> list[int]:
    """The pids of the processes that work in the folder or below it."""
    found = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        try:
            works_in = link.readlink()
        except OSError:  # ended meanwhile, or not ours to see
            continue
        if works_in.is_relative_to(folder):
            found.append(int(link.parent.name))
    return found


@pytest.fixture
def folder() -> Iterator[Path]:
    with new_folder() as path:
        yield path


@pytest.fixture
def new_var(folder: Path) -> Iterator[Path]:
    """Where no server has been yet. What a test leaves running is stopped."""
    yield folder / "var"

    Server(folder / "var").stop()


@pytest.fixture(scope="session")
def shared_var() -> Iterator[Path]:
    with new_folder() as path:
        Server(path / "var").start()
        yield path / "var"


@pytest.fixture
def var(shared_var: Path) -> Iterator[Path]:
    """Where a server was made, which no process uses. Many tests share it, for making one takes
    seconds: they leave it as sound as they found it."""
    Server(shared_var).stop()
    yield shared_var

    Server(shared_var).stop()


@pytest.fixture(scope="session")
def running() -> Iterator[Server]:
    """One server for all tests that only look at it."""
    with new_folder() as path:
        server = Server(path / "var")
        server.join()
        yield server
        server.leave()


@pytest.fixture
def python() -> Iterator[Python]:
    """Starts `python -c code` where $VAR is known to Django; killed at the end of the test."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, var: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", code, *arguments],
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"],
                "DJANGO_SETTINGS_MODULE": "tests.postgres.settings",
                "PYTHONPATH": str(ROOT),
                "VAR": str(var),
                **environment,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start

    for process in started:
        process.kill()
        process.communicate()


def impossible_here(reason: str) -> NoReturn:
    """Skip the test, but not under CI, where everything is possible."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"under CI this must not be skipped: {reason}")
    pytest.skip(reason)


@pytest.fixture
def as_root() -> None:
    if os.geteuid() != 0:
        impossible_here("only root can start a server as another user")


@pytest.fixture
def nobody() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody")


@contextmanager
def connection(server: Server, database: str = "sorb") -> Iterator[Any]:
    """A psycopg2 connection in autocommit, as the role of the application."""
    address = server.address
    made = psycopg2.connect(
        dbname=database,
        user=address["USER"],
        password=address["PASSWORD"],
        host=address["HOST"],
        port=address["PORT"],
    )
    made.autocommit = True
    try:
        yield made
    finally:
        made.close()


def ask(server: Server, sql: str, database: str = "sorb") -> Any:
    """The one value that a statement returns; None for one that returns no rows."""
    with connection(server, database) as made, made.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None


def wait_until(condition: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.02)
