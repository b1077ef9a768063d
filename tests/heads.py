"""What the heads of the site's pages say to other programs, of every page that there is.

Which pages those are, tests/test_surface_matrix.py knows from the map of the site.
"""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from tests.test_surface_matrix import Site, addresses

SITE = "http://127.0.0.1:8000"
# Pages that tell other programs nothing of themselves: docs/decisions/0015-structured-data.md
SILENT = {"calendar:embedded_now", "calendar:embedded_month"}


class Head(HTMLParser):
    """What stands in the head of a page: its language, data blocks, properties and links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language = ""
        self.title = ""
        self.blocks: list[Any] = []
        self.properties: list[tuple[str, str]] = []
        self.names: list[tuple[str, str]] = []
        self.canonical: list[str] = []
        self.alternates: dict[str, str] = {}
        self._inside = ""
        self._text = ""
        self.feed(html.partition("</head>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self._inside, self._text = f"{tag} {said.get('type', '')}".strip(), ""
        if tag == "html":
            self.language = said["lang"]
        elif tag == "meta" and "property" in said:
            self.properties.append((said["property"], said["content"]))
        elif tag == "meta" and "name" in said:
            self.names.append((said["name"], said["content"]))
        elif tag == "link" and said["rel"] == "canonical":
            self.canonical.append(said["href"])
        elif tag == "link" and "hreflang" in said:
            self.alternates[said["hreflang"]] = said["href"]

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if self._inside == "title":
            self.title = self._text
        elif self._inside == "script application/ld+json":
            self.blocks.append(json.loads(self._text))
        self._inside = ""

    def told(self, name: str) -> list[str]:
        """The values of a property of Open Graph."""
        return [value for called, value in self.properties if called == name]

    @property
    def is_found(self) -> bool:
        """May search engines list the page?"""
        return not any(name == "robots" and "noindex" in value for name, value in self.names)


@dataclass(frozen=True)
class Page:
    surface: str  # the name of its URL
    address: str
    head: Head = field(repr=False)


def read(client: Client, surface: str, address: str) -> Page | None:
    """The page at an address; None when there is none, or something other than HTML."""
    answer = client.get(address)
    body = b"".join(answer)  # a file that is sent in parts closes at its end
    is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    return Page(surface, address, Head(body.decode())) if is_page else None


def pages(site: Site) -> list[Page]:
    """Every page of the site in both languages, but for the silent ones."""
    client = Client()
    found = (read(client, name, address) for name, address in addresses(site))
    return [page for page in found if page and page.surface not in SILENT]
