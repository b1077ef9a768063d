"""Work that what others send can drag out: done in a process of its own, with limits."""

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from math import ceil
from pathlib import Path
from typing import Any

from .limits import MOST_BYTES, MOST_MEMORY, MOST_SECONDS, MOST_WORK
from .refusal import RefusedError

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = ("SSL_CERT_FILE", "SSL_CERT_DIR", "PYTHONTZPATH")  # no secret of the site goes along
MOST_SENT = MOST_BYTES + 1


def run(module: str, sent: bytes) -> dict[str, Any]:
    """What a module of this package makes of bytes.

    Args:
        module: its last name, "reading" for example; its `__main__` calls `answer`.
        sent: what it is given to read.

    Raises:
        RefusedError: it said so, took too long, or came to grief.
    """
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and what was sent is no argument
            [sys.executable, "-m", f"{__package__}.{module}"],
            input=sent[:MOST_SENT],
            capture_output=True,
            timeout=MOST_SECONDS,
            cwd=ROOT,
            env={**environment, "PYTHONUTF8": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RefusedError("too_slow", seconds=MOST_SECONDS) from error
    if done.returncode != 0:
        raise RefusedError("too_much")
    told: dict[str, Any] = json.loads(done.stdout)
    if "refused" in told:
        raise RefusedError(told["refused"], **told["facts"])
    return told


def _give_up(_signal: int, _frame: Any) -> None:
    raise RefusedError("too_much")


def answer(work: Callable[[bytes], dict[str, Any]]) -> None:
    """Do the work of the process and tell its result, within the limits."""
    signal.signal(signal.SIGPROF, _give_up)
    signal.setitimer(signal.ITIMER_PROF, MOST_WORK)
    seconds = ceil(MOST_WORK)  # where not even a signal is heard, the system ends it
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        told = work(sys.stdin.buffer.read(MOST_SENT))
    except RefusedError as refused:
        told = {"refused": refused.why, "facts": refused.facts}
    json.dump(told, sys.stdout)
