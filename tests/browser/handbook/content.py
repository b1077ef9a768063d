"""What is on the site while the handbook's tasks are done: real words, the same on every day."""

from functools import cache
from typing import Any

from django.core.files.base import ContentFile

from news.models import Article, Category
from sorb.demo import pictures
from sorb.demo.content import read, words
from sorb.media.models import Image
from tests.factories import make_article, make_category, make_image

SIZE = (720, 480)  # pixels


@cache
def items(kind: str) -> dict[str, dict[str, Any]]:
    return {item["key"]: item for item in read(kind)}


@cache
def drawn(key: str) -> bytes:
    """A picture of the demo as a file, smaller than there."""
    item = items("picture")[key]
    drawing = pictures.draw(item["motif"], item["palette"], item["seed"], SIZE)
    return pictures.jpeg(drawing)


def picture(key: str, **fields: Any) -> Image:
    """A picture of the demo in the library."""
    item = items("picture")[key]
    told = {f"alternative_{code}": item[f"alt_{code}"] for code in ("bg", "en")}
    told |= {**words(item, "title"), "credit": item.get("credit", "")}
    return make_image(**told | {"file": ContentFile(drawn(key), f"{key}.jpg")} | fields)


def category() -> Category:
    return make_category(**words(items("category")["municipalities"], "name"))


def article(key: str, **fields: Any) -> Article:
    """A news item of the demo, published unless the fields say otherwise."""
    told = words(items("article")[key], "title", "lead", "body")
    for code in ("bg", "en"):  # as the text editor writes it
        told[f"body_{code}"] = told[f"body_{code}"].replace(">\n<", ">\n\n<")
    return make_article(**told | fields)


def text_of(key: str, name: str, language: str) -> str:
    """The title, lead or body of a news item of the demo."""
    return str(items("article")[key][f"{name}_{language}"])


def form_of(article: Article) -> str:
    return f"/admin/news/article/{article.pk}/change/"
