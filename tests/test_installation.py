"""`make run` as a newcomer meets it: from nothing to a served demo, and to an empty site again."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from sorb.demo.content import read
from tests.postgres.conftest import new_folder

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 300  # for drawing the pictures on a machine that runs other tests meanwhile


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Trial:
    """One installation in a folder of its own."""

    def __init__(self, var: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            "PATH": os.environ["PATH"],
            "SORB_ENV": "development",
            "SORB_VAR": str(var),
            "SITE_URL": self.address,
            "PYTHONUNBUFFERED": "1",
        }
        self.log = var.with_suffix(".log")
        self.server: subprocess.Popen[bytes] | None = None

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--port", str(self.port)],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline and self.server.poll() is None:
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=5)
            except OSError:
                time.sleep(0.2)
            else:
                return
        pytest.fail(f"The site did not start:\n{self.log.read_text()}")

    def stop(self) -> None:
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGTERM)
            self.server.wait(30)

    def counts(self) -> str:
        code = (
            "from django.apps import apps;"
            "print({m._meta.label: m._base_manager.count() for m in apps.get_models()"
            " if m._meta.app_label in ('news', 'events', 'media', 'publishing')})"
        )
        done = self.manage("shell", "-v", "0", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def trial() -> Iterator[Trial]:
    with new_folder() as folder:
        installation = Trial(folder / "var на пробата")
        yield installation
        installation.stop()


def test_a_trial_from_the_first_start_to_the_cleared_demo(trial):
    trial.start()

    # It says where it is and how to sign in, and that is true
    said = trial.log.read_text()
    assert f"The site:   {trial.address}/" in said
    assert f"The admin:  {trial.address}/admin/" in said
    name, password = re.search(r"Login: +(\S+) +Password: (\S+)", said).groups()
    assert sign_in(trial.address, name, password).endswith("/admin/")
    assert sign_in(trial.address, name, "guessed").endswith("/admin/login/?next=/admin/")

    # It is the real thing: no debugging, hashed files kept for ever, compressed
    home, headers = get(f"{trial.address}/bg/")
    style = re.search(r'href="(/static/sorb/css/site\.[0-9a-f]{12}\.css)"', home).group(1)
    _css, headers = get(trial.address + style, {"Accept-Encoding": "br"})
    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert headers["Content-Encoding"] == "br"
    with pytest.raises(urllib.error.HTTPError) as missing:
        get(f"{trial.address}/bg/nyama/")
    assert missing.value.code == 404
    assert "DEBUG" not in missing.value.read().decode()

    # The demo is there
    titles = [a["title_bg"] for a in read("article") if a.get("pinned_days")]
    assert [title for title in titles if title not in home] == []
    assert "2020" in get(f"{trial.address}/bg/kalendar/2020/02/")[0]

    # A second one on the same port says so and leaves the first alone
    second = trial.manage("serve", "--port", str(trial.port))
    assert second.returncode == 1
    assert f"Port {trial.port} is in use" in second.stderr
    assert "Traceback" not in second.stderr

    # Loading the demo twice gives the same site; what is ours stays when it is cleared
    before = trial.counts()
    again = trial.manage("demo")
    assert again.returncode == 0, again.stderr
    assert trial.counts() == before
    ours = (
        "from news.models import Article, Category;"
        "Article.objects.create(title_bg='Наша', category=Category.objects.first())"
    )
    assert trial.manage("shell", "-v", "0", "-c", ours).returncode == 0
    assert trial.manage("demo", "--clear").returncode == 0
    left = {k: v for k, v in re.findall(r"'([\w.]+)': (\d+)", trial.counts()) if v != "0"}
    assert left == {"news.Article": "1", "news.Category": "1"}

    # Stopping it leaves nothing running; starting again is short work with the same login
    trial.stop()
    status = subprocess.run(
        [sys.executable, "-m", "sorb.postgres", "status", trial.environment["SORB_VAR"]],
        cwd=ROOT,
        env=trial.environment,
        check=False,
        capture_output=True,
    )
    assert status.returncode == 3
    trial.start()
    assert trial.log.read_text().count(f"Password: {password}") == 2
    assert "Наша" not in get(f"{trial.address}/bg/")[0]


def get(address: str, headers: dict[str, str] | None = None) -> tuple[str, Message]:
    request = urllib.request.Request(address, headers=headers or {})
    with urllib.request.urlopen(request, timeout=20) as answer:
        data = answer.read()
        text = "" if answer.headers.get("Content-Encoding") else data.decode()
        return text, answer.headers


def sign_in(address: str, name: str, password: str) -> str:
    """Where signing in with these leads."""
    opener = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )
    page = opener.open(f"{address}/admin/login/?next=/admin/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    form = {"username": name, "password": password, "csrfmiddlewaretoken": token, "next": "/admin/"}
    data = urllib.parse.urlencode(form).encode()
    return opener.open(f"{address}/admin/login/?next=/admin/", data).url


def test_trials_are_not_for_real_hosts(tmp_path):
    real = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "a-key-of-fifty-or-more-characters-for-this-test-alone-0123456789",
        "ALLOWED_HOSTS": "www.example.org",
        "SITE_URL": "https://www.example.org",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    }

    done = subprocess.run(
        [sys.executable, "manage.py", "prepare"],
        cwd=ROOT, env=real, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "On a real host use migrate" in done.stderr
