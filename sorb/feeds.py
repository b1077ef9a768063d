"""What the feeds of news and of events have in common: Atom (RFC 4287) and RSS 2.0."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from sorb.dates import SOFIA
from sorb.outside import absolute, clean, conditional, kind_of
from sorb.publishing.models import Publishable

NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # when a feed changed that has nothing in it


class Atom(Atom1Feed):
    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """The language of an entry, where it is not that of the feed."""
        language = item["language"]
        return {} if language == self.feed["language"] else {"xml:lang": language}

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)


class Rss(Rss201rev2Feed):
    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)


class PublishableFeed(Feed):  # type: ignore[type-arg]
    """A feed of Publishables in the language of its address.

    A subclass names the `section` of its permanent ids, the page it stands for and its own name.
    A feed that can be asked for a part of its items says so by `get_object`; its own addresses then
    name that part. All addresses are whole, so that Django never asks the request for the host.
    """

    feed_type: type[Atom | Rss] = Atom
    section = ""
    list_page = ""
    feed_page = ""
    author_link = f"{settings.SITE_URL}/"
    item_guid_is_permalink = False

    @method_decorator(require_safe)
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return conditional(request, super().__call__(request, *args, **kwargs))

    def link(self, asked: Any = None) -> str:
        return absolute(reverse(self.list_page))

    def feed_url(self, asked: Any = None) -> str:
        return absolute(reverse(self.feed_page))

    def feed_guid(self, asked: Any = None) -> str:
        return f"tag:{settings.SITE_DOMAIN},2025:{self.section}/{get_language()}"

    def author_name(self) -> str:
        return str(settings.SITE_NAME)

    def item_guid(self, item: Publishable) -> str:
        """A tag URI (RFC 4151) that no change of title, address or date changes."""
        day = item.created_at.astimezone(SOFIA).date()
        return f"tag:{settings.SITE_DOMAIN},{day}:{self.section}/{item.pk}/{get_language()}"

    def item_link(self, item: Publishable) -> str:
        return absolute(item.get_absolute_url())

    def item_title(self, item: Any) -> str:
        return clean(item.title)

    def item_description(self, item: Any) -> str:
        return escape(clean(item.lead))

    def item_pubdate(self, item: Publishable) -> datetime:
        return in_sofia(item.published_at or item.created_at)

    def item_updateddate(self, item: Publishable) -> datetime:
        """The last change of the text; what was written before it was published changed then."""
        return max(self.item_pubdate(item), in_sofia(item.changed_at))

    def item_enclosures(self, item: Publishable) -> list[Enclosure]:
        """The cover as it is served: its size is of the stored file, not of what was uploaded."""
        if item.cover is None:
            return []
        file = item.cover.file
        try:
            length = str(file.size)
        except OSError:  # the file is lost; the feed goes on, and RSS wants a number
            length = "0"
        return [Enclosure(absolute(file.url), length, kind_of(file.url))]

    def item_extra_kwargs(self, item: Publishable) -> dict[str, str]:
        return {"language": item.language}


def in_sofia(moment: datetime) -> datetime:
    return moment.astimezone(SOFIA).replace(microsecond=0)
