"""kill -9 in the middle of saves: what was acknowledged is there, and nothing is there by half."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.urls import reverse

from news.models import Article, ArticleImage
from sorb.desk.models import Revision
from tests.admin.conftest import signed_in
from tests.admin.filling import filled
from tests.factories import make_article, make_image

ROOT = Path(__file__).resolve().parents[2]
CYCLES = 100
CSRF = "k" * 32


class Server:
    """The killable site, and the process that answers at this moment."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.server", connection.settings_dict["NAME"]],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.port = int(self.process.stdout.readline())
        self.child = 0
        threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        for line in self.process.stdout:
            self.child = int(line)

    def kill_child(self) -> None:
        before = self.child
        os.kill(before, signal.SIGKILL)
        while self.child == before:
            time.sleep(0.005)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        os.kill(self.child, signal.SIGKILL)


@pytest.fixture
def server(transactional_db):
    server = Server()
    yield server
    server.stop()
    server.process.stdout.close()


class Writer(threading.Thread):
    """Saves one article again and again, and notes what the server acknowledged."""

    def __init__(self, port: int, address: str, typed: dict[str, list[str]], session: str) -> None:
        super().__init__(daemon=True)
        self.port, self.address, self.typed = port, address, typed
        self.headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; "
            f"{settings.CSRF_COOKIE_NAME}={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.acknowledged = 0
        self.answers: set[int] = set()
        self.is_done = False

    def run(self) -> None:
        number = 0
        while not self.is_done:
            number += 1
            try:
                status = self.save(number)
            except (OSError, http.client.HTTPException):
                continue  # killed while it worked: nothing was promised
            self.answers.add(status)
            if status == 302:
                self.acknowledged = number

    def save(self, number: int) -> int:
        word = str(number)
        sent = self.typed | {
            "csrfmiddlewaretoken": CSRF,
            "form_token": str(uuid.uuid4()),
            "title_bg": word,
            "gallery-0-caption_bg": word,
            "gallery-1-caption_bg": word,
        }
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            body = urllib.parse.urlencode(sent, doseq=True)
            link.request("POST", self.address, body, self.headers)
            return link.getresponse().status
        finally:
            link.close()


def test_a_hundred_kills_lose_no_acknowledged_save_and_leave_no_half_object(server):
    client = signed_in(User.objects.create_superuser("glaven"))
    article = make_article(status="draft", title_bg="0")
    for order in range(2):
        ArticleImage.objects.create(
            article=article, image=make_image(), order=order, caption_bg="0"
        )
    address = reverse("admin:news_article_change", args=[article.pk])
    typed = filled(client.get(address), version=None)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    writer = Writer(server.port, address, typed, session)
    writer.start()

    for cycle in range(CYCLES):
        time.sleep(0.05 + 0.002 * cycle)
        promised = writer.acknowledged
        server.kill_child()

        rows = set(Article.objects.values_list("title_bg", "gallery__caption_bg"))
        [(title, caption)] = rows  # one read, since saving goes on
        assert int(title) >= promised
        assert caption == title
    writer.is_done = True
    writer.join()

    last = Revision.objects.about(article).first()
    assert writer.answers == {302}
    assert writer.acknowledged > CYCLES / 4
    assert last.snapshot["fields"]["title_bg"] == Article.objects.get().title_bg
