"""What every test has: a fast hasher, files of its own, and no warning left unread."""

from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.utils import translation


def pytest_configure() -> None:
    site_settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    site_settings.WHITENOISE_AUTOREFRESH = True
    site_settings.WHITENOISE_USE_FINDERS = True
    site_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _own_files(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _bulgarian() -> object:
    """Every test begins in the source language, whatever the one before it activated."""
    with translation.override("bg"):
        yield
