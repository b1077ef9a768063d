"""What a page tells other programs about itself: its addresses, facts and place in the site."""

import json
from collections.abc import Iterable
from html import unescape
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse, translate_url
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from sorb.breadcrumbs import Crumb, trail
from sorb.outside import absolute, clean, picture, publisher, share_picture
from sorb.publishing.addresses import LANGUAGES, SOURCE, Addressed, page_language

register = template.Library()

LOCALES = {"bg": "bg_BG", "en": "en_GB"}
NOINDEX = SafeString('<meta name="robots" content="noindex">')
# What would end the script element, or a line of JavaScript
UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@register.simple_block_tag(takes_context=True)
def page_title(context: Context, content: str) -> str:
    """The title of the page, kept for what `open_graph` says of it."""
    title = context["page_title"] = _words_of(content)
    return title


@register.simple_block_tag(takes_context=True)
def page_description(context: Context, content: str) -> SafeString:
    """The sentence that search engines show of the page, kept for `open_graph`."""
    words = context["page_description"] = _words_of(content)
    return format_html('<meta name="description" content="{}">', words) if words else SafeString()


@register.simple_tag(takes_context=True)
def alternates(context: Context, obj: Addressed | None = None) -> SafeString:
    """The canonical address of the page and its translations, only those that exist.

    A page that shows Bulgarian words under an English address is not to be found by searching.
    """
    addresses = _addresses(context, obj)
    if not addresses:
        return SafeString()
    own = obj.language if obj else page_language()
    tags = [format_html('<link rel="canonical" href="{}">', absolute(_canonical(context, obj)))]
    if own != page_language():
        tags.append(NOINDEX)
    if _page_number(context) == 1:
        default = [("x-default", addresses[SOURCE])] if SOURCE in addresses else []
        named = [*addresses.items(), *default]
        rows = ((language, absolute(path)) for language, path in named)
        tags.append(format_html_join("\n", '<link rel="alternate" hreflang="{}" href="{}">', rows))
    return format_html_join("\n", "{}", ((tag,) for tag in tags))


@register.simple_tag(takes_context=True)
def language_address(context: Context, obj: Addressed | None = None) -> str:
    """The path of the same thing in the other language, else of that language's home page.

    What the reader asked for (?q=…) is kept. So is the number of a page where the view says, as
    `is_same_list`, that both languages list the same; elsewhere the other one may have fewer.
    Nothing in a preview: the page may be public in neither language.
    """
    request = context.get("request")
    if getattr(request, "is_preview", False):
        return ""
    other = next(language for language in LANGUAGES if language != page_language())
    if obj:
        return obj.get_absolute_url(other)
    path = _addresses(context, None).get(other)
    if path is None:
        with override(other):
            return reverse("home")
    query = context["request"].GET.copy()
    if not context.get("is_same_list"):
        query.pop("page", None)
    return f"{path}?{query.urlencode()}" if query else path


@register.simple_tag(takes_context=True)
def open_graph(context: Context, obj: Addressed | None = None) -> SafeString:
    """Open Graph (https://ogp.me): what other sites show of a page when somebody shares it.

    The words are those of `page_title` and `page_description`, which stand above it in the head.
    """
    addresses = _addresses(context, obj)
    if not addresses:
        return SafeString()
    own = obj.language if obj else page_language()
    title = str(context.get("page_title", ""))
    others = [code for code in addresses if code != own] if _page_number(context) == 1 else []
    facts = [
        ("og:title", title),
        ("og:description", context.get("page_description", "")),
        ("og:url", absolute(_canonical(context, obj))),
        ("og:site_name", str(settings.SITE_NAME)),
        ("og:locale", LOCALES[own]),
        *(("og:locale:alternate", LOCALES[code]) for code in others),
        *_picture_facts(obj, title),
        *_article_facts(obj),
    ]
    rows = ((name, clean(str(value))) for name, value in facts if value)
    return format_html_join("\n", '<meta property="{}" content="{}">', rows)


@register.simple_tag
def json_ld(obj: Any = None) -> SafeString:
    """schema.org's facts of a thing, or of the association itself, as a data block.

    Browsers do not run data blocks, so a strict content security policy lets them be.
    """
    facts = publisher() if obj is None else obj.structured_data()
    return _data_block(facts)


@register.simple_tag(takes_context=True)
def breadcrumbs_ld(context: Context) -> SafeString:
    """The way to this page as schema.org's BreadcrumbList; nothing on the home page."""
    crumbs = _trail(context)
    if not crumbs:
        return SafeString()
    named = [{"name": clean(name), "item": {"@id": absolute(path)}} for name, path in crumbs]
    items = [
        {"@type": "ListItem", "position": place} | crumb
        for place, crumb in enumerate(named, start=1)
    ]
    return _data_block({"@type": "BreadcrumbList", "itemListElement": items})


@register.simple_tag
def feeds_links() -> SafeString:
    """Where feed readers and calendar programs find what they subscribe to."""
    news, events, calendar = _("News"), _("Events"), _("Calendar of events")
    atom, rss = "application/atom+xml", "application/rss+xml"
    rows = (
        (atom, news, reverse("news:article_atom")),
        (atom, events, reverse("events:event_atom")),
        (rss, news, reverse("news:article_rss")),
        (rss, events, reverse("events:event_rss")),
        ("text/calendar", calendar, reverse("calendar:calendar_ics")),
    )
    link = '<link rel="alternate" type="{}" title="{}" href="{}">'
    return format_html_join("\n", link, rows)


@register.simple_tag
def whole_address(view: str) -> str:
    """The address of a view without arguments, with the configured site in front."""
    return absolute(reverse(view))


def _addresses(context: Context, obj: Addressed | None) -> dict[str, str]:
    """The path of the page in each language in which it exists; nothing outside a request.

    A view whose page may lack in a language names those that have it as `page_languages`.
    """
    request: HttpRequest | None = context.get("request")
    if request is None:
        return {}
    if obj:
        return {code: obj.get_absolute_url(code) for code in LANGUAGES if obj.has_language(code)}
    found = {code: translate_url(request.path, code) for code in LANGUAGES}
    if len(set(found.values())) < len(found):  # not one of our translated pages
        return {}
    languages: Iterable[str] = context.get("page_languages") or LANGUAGES
    return {code: path for code, path in found.items() if code in languages}


def _canonical(context: Context, obj: Addressed | None) -> str:
    """The one path of the page: of its query only the number of a list's page counts."""
    number = _page_number(context)
    path = obj.get_absolute_url(obj.language) if obj else iri_to_uri(context["request"].path)
    return path if number == 1 else f"{path}?page={number}"


def _page_number(context: Context) -> int:
    number = context["request"].GET.get("page", "1")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else 1


def _trail(context: Context) -> list[Crumb]:
    request: HttpRequest | None = context.get("request")
    if request is None or request.resolver_match is None:
        return []
    return trail(request.resolver_match, request.path, context)


def _words_of(content: str) -> str:
    """What a piece of HTML without elements says, on one line."""
    return " ".join(clean(unescape(content)).split())


def _picture_facts(obj: Any, title: str) -> list[tuple[str, Any]]:
    """The picture of the thing, or of the whole site; a picture without words is called as the
    page is."""
    names = ("cover", "photo", "logo")
    image = next(filter(None, (getattr(obj, name, None) for name in names)), None)
    shown = picture(image) if image else share_picture()
    return [
        ("og:image", shown.address),
        ("og:image:type", shown.kind),
        ("og:image:width", shown.width),
        ("og:image:height", shown.height),
        ("og:image:alt", shown.alternative or title),
    ]


def _article_facts(obj: Any) -> list[tuple[str, str]]:
    """og:type, and of news what the vocabulary "article" adds: from the same facts as JSON-LD."""
    facts = obj.structured_data() if hasattr(obj, "structured_data") else {}
    if facts.get("@type") != "NewsArticle":
        return [("og:type", "website")]
    return [
        ("og:type", "article"),
        ("article:published_time", facts["datePublished"]),
        ("article:modified_time", facts["dateModified"]),
        ("article:section", facts["articleSection"]),
        *(("article:tag", tag) for tag in facts.get("keywords", ())),
    ]


def _data_block(facts: dict[str, Any]) -> SafeString:
    text = json.dumps({"@context": "https://schema.org"} | facts, ensure_ascii=False)
    # Nothing in it can end the element: "<", ">" and "&" are written as escapes of JSON
    harmless = SafeString(text.translate(UNSAFE))
    return format_html('<script type="application/ld+json">{}</script>', harmless)
