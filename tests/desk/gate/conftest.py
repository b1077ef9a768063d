"""The gate learns the words of the site for some minutes; each test has a site of its own."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nothing_learned(db: None) -> object:
    cache.clear()
    yield
    cache.clear()
