"""Links inside the site that readers cannot follow, found without a request to it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _

from sorb.media import names
from sorb.media.texts import held
from sorb.publishing.addresses import LANGUAGES, SOURCE, Addressed, OldAddress

from .finding import WARNING, Finding, excerpt
from .reading import Reading

MOST = 30  # addresses that are looked up
MOST_PAGES = 3  # of days and months, which only their views know: each costs what a page costs


@dataclass(frozen=True)
class Place:
    """A path of the site, as a link of a field names it."""

    path: str
    href: str
    field: str


def of_texts(item: Any, texts: dict[str, Reading]) -> Iterator[Finding]:
    """What is to be said of the links of an item's texts, given by their fields.

    Reads twice for each kind of page that they lead to, however many links there are, and once
    for each kind of file.
    """
    places = [*places_of(item, texts)]
    paths = dict.fromkeys(place.path for place in places)
    matches = {path: match_of(path) for path in [*paths][:MOST]}
    gone = unknown_paths(item, matches)
    for place in places:
        match = matches.get(place.path)
        if place.path in gone:
            words = _("A link leads to a page of this site that readers will not find (404).")
            yield Finding(WARNING, words, place.field, excerpt(place.href))
        elif match is not None and is_of_desk(match):
            words = _("A link leads behind the sign-in or to a preview: readers cannot follow it.")
            yield Finding(WARNING, words, place.field, excerpt(place.href))


def places_of(item: Any, texts: dict[str, Reading]) -> Iterator[Place]:
    for field, text in texts.items():
        page = item.get_absolute_url(field.rpartition("_")[2])
        for link in text.links:
            if path := path_of(link.href, page):
                yield Place(path, link.href, field)


def path_of(href: str, page: str) -> str:
    """The path within this site that a link on a page leads to; "" when it leads elsewhere."""
    site = urlsplit(settings.SITE_URL)
    try:
        parts = urlsplit(urljoin(f"{settings.SITE_URL}{page}", href.strip()))
    except ValueError:  # no address at all, "https://[": nothing can be said
        return ""
    is_ours = parts.scheme in {"http", "https"} and parts.netloc == site.netloc
    path = unquote(parts.path) or "/"
    is_file_of_design = path.startswith(settings.STATIC_URL)
    return path if is_ours and not is_file_of_design else ""


def match_of(path: str) -> ResolverMatch | None:
    """The view that answers there, with or without the last slash; None for a 404."""
    with override(get_language_from_path(path) or SOURCE):
        for known in (path, f"{path}/"):
            try:
                return resolve(known)
            except Resolver404:
                continue
    return None


def is_of_desk(match: ResolverMatch) -> bool:
    return "admin" in match.namespaces or match.view_name == "preview"


def unknown_paths(item: Any, matches: dict[str, ResolverMatch | None]) -> set[str]:
    """Those paths at which a reader would meet nothing once the item is public."""
    gone = {path for path, match in matches.items() if match is None}
    files: list[str] = []
    pages: dict[type[Addressed], list[tuple[str, str]]] = {}
    dated: list[str] = []
    for path, match in matches.items():
        if match is None or is_of_desk(match):
            continue
        noun = match.view_name.rpartition("_")[0]
        if match.view_name == "media_file":
            files.append(path)
        elif set(match.kwargs) == {"slug"} and noun in models_by_noun():
            pages.setdefault(models_by_noun()[noun], []).append((path, match.kwargs["slug"]))
        elif match.kwargs and all(isinstance(part, int) for part in match.kwargs.values()):
            dated.append(path)
    gone |= unknown_files(files)
    for model, found in pages.items():
        gone |= unknown_pages(item, model, found)
    return gone | {path for path in dated[:MOST_PAGES] if not answers(path, matches[path])}


@cache
def models_by_noun() -> dict[str, type[Addressed]]:
    """Models with pages by the noun of their views: "news:article" of "news:article_detail"."""
    return {
        model.page.rpartition("_")[0]: model
        for model in apps.get_models()
        if issubclass(model, Addressed) and model.page
    }


def unknown_pages(item: Any, model: type[Addressed], found: Iterable[tuple[str, str]]) -> set[str]:
    """Those of the paths, each with its slug, at which the public sees no page of a model."""
    slugs = {slug for _path, slug in found}
    rows: Any = model._default_manager
    ask: Callable[[], Any] = getattr(rows, "visible", rows.all)
    named = Q(*((f"slug_{code}__in", slugs) for code in LANGUAGES), _connector=Q.OR)
    columns = [f"slug_{code}" for code in LANGUAGES]
    known = {
        (code, slug)
        for row in ask().filter(named).values_list(*columns)
        for code, slug in zip(LANGUAGES, row, strict=True)
    }
    old = OldAddress.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        slug__in=slugs,
        object_id__in=ask().order_by().values("pk"),
    )
    known |= set(old.values_list("language", "slug"))
    if isinstance(item, model):
        known |= {(code, item.slug_in(code)) for code in LANGUAGES}
    return {
        path
        for path, slug in found
        if not known & {(get_language_from_path(path) or SOURCE, slug), (SOURCE, slug)}
    }


def unknown_files(paths: list[str]) -> set[str]:
    """Those paths that name no file of the library; what this item holds becomes public with it."""
    stems = {path: names.stem_of(path.removeprefix(settings.MEDIA_URL)) for path in paths}
    known: set[str] = set()
    for uploads in held({*stems.values()} - {""}).values():
        for upload in uploads:
            known |= {names.stem_of(upload.file.name), *upload.former}
    return {path for path, stem in stems.items() if stem not in known}


def answers(path: str, match: ResolverMatch | None) -> bool:
    """Does the view have a page there for somebody who is not signed in?"""
    if match is None:
        return False
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    request.META = {"SERVER_NAME": settings.SITE_DOMAIN, "SERVER_PORT": "443"}
    request.user = AnonymousUser()
    request.resolver_match = match
    with override(get_language_from_path(path) or SOURCE), transaction.atomic():
        try:
            match.func(request, *match.args, **match.kwargs)
        except Http404:
            return False
    return True
