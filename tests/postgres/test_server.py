import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest

from sorb.postgres import cluster
from sorb.postgres.errors import PostgresError
from sorb.postgres.server import Server

from .conftest import Python, ask, connection, wait_until

USER = """
import os, sys
from pathlib import Path
from sorb.postgres.server import Server
server = Server(Path(os.environ["VAR"]))
server.join()
print(server.status().pid, flush=True)
sys.stdin.read()
server.leave()
"""


def crash(server: Server) -> int:
    """Kill -9 of the postmaster; returns the pid that it had."""
    pid = server.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: server.status().pid is None)
    return pid


@contextmanager
def other_program(server: Server) -> Iterator[int]:
    """The pid of a living program of the server's user which is no PostgreSQL."""
    owner = server.cluster.owner
    program = subprocess.Popen(["sleep", "60"], user=owner.uid if owner.is_other else None)
    try:
        yield program.pid
    finally:
        program.kill()
        program.wait()


def test_join_makes_and_starts_a_server_from_nothing(new_var: Path) -> None:
    server = Server(new_var)

    server.join()

    assert ask(server, "SELECT current_database()") == "sorb"
    assert (new_var / "postgres/data").is_dir()
    server.leave()


def test_leave_of_the_last_user_stops_the_server(var: Path) -> None:
    first, second = Server(var), Server(var)
    first.join()
    second.join()

    first.leave()
    pid_after_first = second.status().pid
    second.leave()

    assert pid_after_first is not None
    assert second.status().pid is None


def test_data_are_there_after_stop_and_start(var: Path) -> None:
    server = Server(var)
    server.join()
    ask(server, "CREATE TABLE words AS SELECT 'Кмет' AS word")
    server.leave()

    server.join()

    assert ask(server, "SELECT word FROM words") == "Кмет"
    server.leave()


def test_start_keeps_the_server_until_stop(var: Path) -> None:
    server = Server(var)
    server.start()
    server.join()

    server.leave()
    pid_after_leave = server.status().pid
    stopped = server.stop()

    assert pid_after_leave is not None
    assert stopped
    assert server.status().pid is None


def test_mark_of_start_does_not_outlive_the_server(var: Path) -> None:
    server = Server(var)
    server.start()
    server.stop()

    server.join()
    server.leave()

    assert server.status().pid is None


def test_eight_processes_that_start_at_once_get_one_server(new_var: Path, python: Python) -> None:
    users = [python(USER, new_var) for _ in range(8)]

    pids = [user.stdout.readline() for user in users if user.stdout]
    outputs = [user.communicate(timeout=60) for user in users]

    assert len(set(pids)) == 1, outputs
    assert pids[0].strip().isdigit()
    assert [user.returncode for user in users] == [0] * 8
    assert Server(new_var).status().pid is None


def test_kill_of_a_using_process_leaves_nothing_stale(var: Path, python: Python) -> None:
    user = python(USER, var)
    assert user.stdout
    pid = int(user.stdout.readline())
    user.kill()
    user.wait()
    server = Server(var)

    server.join()
    pid_after_join = server.status().pid
    server.leave()

    assert pid_after_join == pid
    assert server.status().pid is None


def test_kill_of_the_postmaster_under_writes_loses_no_committed_row(var: Path) -> None:
    server = Server(var)
    server.join()
    ask(server, "CREATE TABLE written (number integer PRIMARY KEY)")
    committed: list[int] = []

    def write() -> None:
        try:
            with connection(server) as made, made.cursor() as cursor:
                for number in range(len(committed), 1_000_000):
                    cursor.execute(
                        "INSERT INTO written VALUES (%s) ON CONFLICT DO NOTHING", [number]
                    )
                    committed.append(number)
        except psycopg2.OperationalError:
            return

    for _ in range(3):
        enough = len(committed) + 100
        writer = threading.Thread(target=write)
        writer.start()
        wait_until(lambda enough=enough: len(committed) >= enough)
        crash(server)
        writer.join()
        server.join()

    assert len(committed) >= 300
    rows = ask(server, "SELECT array_agg(number) FROM written")
    assert set(committed) <= set(rows)
    server.leave()


def test_pid_of_a_dead_postmaster_does_not_block_the_start(var: Path) -> None:
    server = Server(var)
    server.join()
    crash(server)

    server.join()

    assert ask(server, "SELECT 1") == 1
    server.leave()


def test_pid_that_another_program_has_by_now_does_not_block_the_start(var: Path) -> None:
    server = Server(var)
    server.join()
    dead = crash(server)
    with other_program(server) as pid:
        for file in (var / "postgres/data/postmaster.pid", var / "postgres/run/.s.PGSQL.5432.lock"):
            file.write_text(file.read_text().replace(str(dead), str(pid), 1))

        server.join()

        assert ask(server, "SELECT 1") == 1
        os.kill(pid, 0)  # it lives: nobody took it for the postmaster
    server.leave()


def test_empty_pid_file_of_a_power_cut_does_not_block_the_start(var: Path) -> None:
    server = Server(var)
    server.join()
    server.leave()
    server.cluster.owner.write(var / "postgres/data/postmaster.pid", "")

    server.join()

    assert ask(server, "SELECT 1") == 1
    server.leave()


def test_server_whose_socket_was_removed_is_started_anew(var: Path) -> None:
    server = Server(var)
    server.join()
    pid = server.status().pid
    (server.folder / ".s.PGSQL.5432").unlink()

    server.join()

    assert server.status().pid != pid
    assert ask(server, "SELECT 1") == 1
    server.leave()


def test_lost_key_is_replaced_and_the_data_stay(var: Path) -> None:
    server = Server(var)
    server.join()
    ask(server, "CREATE TABLE kept AS SELECT 1 AS number")
    server.leave()
    server.cluster.key.unlink()

    server.join()

    assert ask(server, "SELECT number FROM kept") == 1
    server.leave()


def test_killed_first_start_does_not_block_the_next(new_var: Path) -> None:
    server = Server(new_var)
    server.cluster.owner.make_folder(server.cluster.home / "data.new")
    server.cluster.owner.write(server.cluster.home / "data.new/PG_VERSION", "18\n")

    server.join()

    assert ask(server, "SELECT 1") == 1
    server.leave()


def test_removed_folder_does_not_disturb_leave(var: Path) -> None:
    server = Server(var)
    server.join()
    (var / "postgres").rename(var / "elsewhere")

    server.leave()

    (var / "elsewhere").rename(var / "postgres")
    assert Server(var).stop()


def test_failed_making_tells_what_postgresql_said(
    new_var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CTYPE", "nonsense")

    with pytest.raises(PostgresError, match=r'(?s)initdb failed as user .*"nonsense"'):
        Server(new_var).join()


def test_failed_start_tells_the_end_of_the_log(var: Path) -> None:
    server = Server(var)
    settings = server.cluster.data / "postgresql.auto.conf"
    sound = settings.read_text()
    server.cluster.owner.write(settings, f"{sound}nonsense = on\n")

    with pytest.raises(PostgresError, match=r'(?s)did not start:.*parameter "nonsense"'):
        server.join()

    server.cluster.owner.write(settings, sound)
    server.join()
    server.leave()


def test_long_log_is_laid_aside_at_the_start(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "LOG_BYTES", 10)
    server = Server(var)
    server.join()
    server.leave()

    server.join()

    assert (var / "postgres/server.old.log").stat().st_size > 10
    assert server.cluster.log.read_text().count("database system is ready") == 1
    server.leave()


def test_status_makes_nothing(new_var: Path) -> None:
    status = Server(new_var).status()

    assert status.pid is None
    assert status.home is None
    assert not new_var.exists()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("listen_addresses", ""),
        ("server_encoding", "UTF8"),
        ("password_encryption", "scram-sha-256"),
        ("TimeZone", "UTC"),
    ],
)
def test_setting_is_durable_and_private(running: Server, setting: str, value: str) -> None:
    found = ask(running, f"SELECT current_setting('{setting}')")

    assert found == value


def test_role_is_no_superuser_and_owns_its_database(running: Server) -> None:
    sql = """
        SELECT array[rolsuper, rolcreaterole, rolreplication, rolbypassrls, rolcreatedb,
                     datdba = pg_roles.oid]
        FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()
    """

    assert ask(running, sql) == [False, False, False, False, True, True]


@pytest.mark.parametrize("extension", ["pg_trgm", "unaccent", "btree_gist", "citext"])
def test_role_can_create_extension(running: Server, extension: str) -> None:
    ask(running, f"DROP EXTENSION IF EXISTS {extension}")

    ask(running, f"CREATE EXTENSION {extension}")

    assert ask(running, f"SELECT 1 FROM pg_extension WHERE extname = '{extension}'") == 1


def test_database_knows_cyrillic_letters(running: Server) -> None:
    ask(running, "CREATE EXTENSION IF NOT EXISTS pg_trgm")

    assert ask(running, "SELECT lower('ЖЪЙ')") == "жъй"
    assert len(ask(running, "SELECT show_trgm('Кмет')")) == 5


@pytest.mark.parametrize("user", ["postgres", "sorb"])
def test_nobody_logs_in_without_the_password(running: Server, user: str) -> None:
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(dbname="sorb", user=user, password="", host=str(running.folder))


def test_password_and_socket_are_for_the_owner_only(running: Server) -> None:
    modes = [path.stat().st_mode & 0o777 for path in (running.cluster.key, running.folder)]

    assert modes == [0o600, 0o700]
