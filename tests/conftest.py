"""What every test has: a fast hasher, files of its own, and no warning left unread."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.utils import translation
from pytest_django import DjangoDbBlocker


def pytest_configure() -> None:
    site_settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    site_settings.WHITENOISE_AUTOREFRESH = True
    site_settings.WHITENOISE_USE_FINDERS = True
    site_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database of the tests, which nobody uses any more when it is dropped.

    While Playwright's loop runs, Django keeps a second connection in this thread. Whichever of them
    is at hand now may have been cut by a test of failures, and the other would still be there.
    """
    yield
    with django_db_blocker.unblock():
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND usename = current_user "
                "AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def _own_files(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _bulgarian() -> object:
    """Every test begins in the source language, whatever the one before it activated."""
    with translation.override("bg"):
        yield
