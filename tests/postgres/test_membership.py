import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from sorb.postgres.server import Server

from .conftest import ROOT, Python, wait_until

PREAMBLE = """
import multiprocessing, os, signal, sys, threading, time
from pathlib import Path
import django
django.setup()
from django.db import connection
from sorb.postgres.server import Server
VAR = Path(os.environ["VAR"])
def is_running():
    return Server(VAR).status().pid is not None
"""


def test_sigterm_is_a_clean_exit_that_stops_the_server(var: Path, python: Python) -> None:
    code = "connection.ensure_connection(); print(is_running(), flush=True); time.sleep(60)"
    user = python(PREAMBLE + code, var)
    assert user.stdout
    assert user.stdout.readline() == "True\n"

    user.terminate()
    errors = user.communicate(timeout=30)[1]

    assert user.returncode == 128 + signal.SIGTERM
    assert errors == ""
    assert Server(var).status().pid is None


def test_sigterm_reaches_a_process_whose_connection_is_in_a_thread(
    var: Path, python: Python
) -> None:
    code = """
connection.vendor  # as loading the models does, in the main thread
thread = threading.Thread(target=connection.ensure_connection)
thread.start()
thread.join()
print(is_running(), flush=True)
time.sleep(60)
"""
    user = python(PREAMBLE + code, var)
    assert user.stdout
    assert user.stdout.readline() == "True\n"

    user.terminate()
    user.communicate(timeout=30)

    assert Server(var).status().pid is None


def test_handler_of_somebody_else_stays(var: Path, python: Python) -> None:
    code = """
def handler(number, frame): pass
signal.signal(signal.SIGTERM, handler)
connection.ensure_connection()
print(signal.getsignal(signal.SIGTERM) is handler)
"""

    output, errors = python(PREAMBLE + code, var).communicate(timeout=30)

    assert (output, errors) == ("True\n", "")


def test_forked_child_does_not_stop_the_server_of_its_parent(var: Path, python: Python) -> None:
    code = """
connection.ensure_connection()
connection.close()
if os.fork() == 0:
    connection.ensure_connection()
    sys.exit()
os.wait()
print(is_running())
connection.ensure_connection()
"""

    output, errors = python(PREAMBLE + code, var).communicate(timeout=30)

    assert (output, errors) == ("True\n", "")
    assert Server(var).status().pid is None


def test_forked_child_keeps_the_server_when_its_parent_ends_first(
    var: Path, python: Python
) -> None:
    code = """
connection.ensure_connection()
connection.close()
parent = os.getpid()
if os.fork() == 0:
    while os.getppid() == parent:
        time.sleep(0.02)
    time.sleep(0.2)
    connection.ensure_connection()
    print(is_running(), flush=True)
"""

    output, errors = python(PREAMBLE + code, var).communicate(timeout=30)

    assert (output, errors) == ("True\n", "")
    wait_until(lambda: Server(var).status().pid is None)


def test_child_of_multiprocessing_stops_the_server_that_it_started(
    var: Path, python: Python
) -> None:
    code = """
def work():
    connection.ensure_connection()
    print(is_running(), flush=True)
child = multiprocessing.get_context("fork").Process(target=work)
child.start()
child.join()
print(is_running())
"""

    output, errors = python(PREAMBLE + code, var).communicate(timeout=30)

    assert (output, errors) == ("True\nFalse\n", "")


def test_threads_that_connect_at_once_get_one_server(var: Path, python: Python) -> None:
    code = """
def work():
    connection.ensure_connection()
    connection.close()
threads = [threading.Thread(target=work) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(is_running())
"""

    output, errors = python(PREAMBLE + code, var).communicate(timeout=30)

    assert (output, errors) == ("True\n", "")
    assert Server(var).status().pid is None


def test_site_under_granian_starts_the_server_and_stops_it_at_sigterm(var: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    site = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2"),
            *("--host", "127.0.0.1", "--port", str(port), "tests.postgres.site:application"),
        ],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "tests.postgres.settings",
            "VAR": str(var),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: _answers(port))
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as response:
            page = response.read()
        pid_while_up = Server(var).status().pid
        site.terminate()
        site.wait(timeout=30)
    finally:
        site.kill()
        site.wait()

    assert page == b"from the database"
    assert pid_while_up is not None
    assert Server(var).status().pid is None


def _answers(port: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0
