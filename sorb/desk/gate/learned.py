"""Words learned from the site itself: what stands in several published items is no mistake."""

import html
import re
from collections import Counter
from typing import Any

from django.core.cache import cache

from .dictionary import SHORTEST

ENOUGH = 3  # items
NEWEST = 300  # items that are read
KEPT = 600  # seconds
TAG = re.compile("<[^<>]*>")
WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")


def learned(model: Any, language: str) -> frozenset[str]:
    """The words, in small letters, of at least ENOUGH of the newest items that the public sees."""
    key = f"sorb.desk.gate.learned.{model._meta.label_lower}.{language}"
    words: Any = cache.get_or_set(key, lambda: words_of_site(model, language), KEPT)
    return frozenset(words)


def words_of_site(model: Any, language: str) -> frozenset[str]:
    columns = [f"{name}_{language}" for name in ("title", "lead", "body")]
    rows = model._default_manager.visible().order_by("-published_at", "-pk")
    counts: Counter[str] = Counter()
    for texts in rows.values_list(*columns)[:NEWEST]:
        bare = html.unescape(TAG.sub(" ", " ".join(texts))).lower()
        counts.update(set(WORD.findall(bare)))
    return frozenset(word for word, count in counts.items() if count >= ENOUGH)
