"""Each task of the handbook, done as its page says, in both languages.

Every task takes its pictures. Those in the repository are kept as long as the words in them are
what the interface says; `make pictures` takes them anew.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from wsgiref import handlers
from wsgiref.handlers import format_date_time

import pytest
import time_machine
from playwright.sync_api import Page as Window
from pytest_django.live_server_helper import LiveServer

from sorb.desk import roles
from tests.handbook.pages import LANGUAGES, PICTURES, page_of

from .handbook.tasks import PICTURES as EVERY_PICTURE
from .handbook.tasks import TASKS
from .handbook.walk import Camera, Task, Walk, is_rewriting, rewrite, shown

MOMENT = datetime(2026, 10, 6, 7, tzinfo=UTC)  # a Tuesday in October, 10:00 in Sofia


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MOMENT, tick=False) as traveller:
        # By this the browser tells what it may keep: of another day, it would ask for all again
        real = time_machine.escape_hatch.time.time
        monkeypatch.setattr(handlers, "format_date_time", lambda _: format_date_time(real()))
        yield traveller


@pytest.fixture
def desk(page: Window, transactional_db: None, settings: object) -> Window:
    """A window of 1024 pixels, on a day that is always the same."""
    roles.make()  # the set-up made them once; emptied tables have them no more
    settings.SITE_URL = "https://www.example.org"
    settings.SECOND_FACTOR = False
    page.set_viewport_size({"width": 1024, "height": 900})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.clock.set_fixed_time(MOMENT)
    return page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.page)
def test_a_task_goes_as_its_page_says(
    desk: Window,
    live_server: LiveServer,
    clock: time_machine.Traveller,
    tmp_path: Path,
    language: str,
    task: Task,
):
    folder = PICTURES / language if is_rewriting() else tmp_path / "pictures"
    guide = page_of(task.page, language)
    camera = Camera(language, folder)

    task.do(Walk(desk, live_server.url, guide, camera, clock))

    assert sorted(camera.words) == sorted(task.pictures)
    assert set(task.pictures) <= guide.picture_names
    if is_rewriting():
        rewrite(language, camera.words, set(EVERY_PICTURE))
    else:
        kept = {name: shown()[language].get(name) for name in task.pictures}
        assert camera.words == kept, "the words in a picture have changed: make pictures"
