"""The words of the demo, in TOML: one file a kind of thing, tied together by keys."""

import tomllib
from importlib import resources
from typing import Any


def read(kind: str) -> list[dict[str, Any]]:
    """The items of one kind: read("event") reads events.toml, in its order."""
    name = {"category": "categories", "series": "series"}.get(kind, f"{kind}s")
    text = resources.files(__package__).joinpath(f"{name}.toml").read_text("utf-8")
    items: list[dict[str, Any]] = tomllib.loads(text)[kind]
    return items


def words(item: dict[str, Any], *names: str) -> dict[str, str]:
    """The texts of an item in both languages, '' where there is none."""
    return {
        f"{name}_{code}": item.get(f"{name}_{code}", "") for name in names for code in ("bg", "en")
    }
