"""Pages that show every kind of content, and the addresses that machines ask."""

from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.models import Event
from news.models import Article
from sorb.desk import preview as previews
from sorb.desk.models import PreviewLink, WorkingCopy
from sorb.publishing.addresses import page_language
from sorb.publishing.models import Topic
from sorb.publishing.pages import moved


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """`/` leads to Bulgarian unless the browser prefers English."""
    language = translation.get_language_from_request(request)
    with translation.override(language):
        response = HttpResponseRedirect(reverse("home"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """One item before it is published, for whoever has the link; afterwards the way to its page."""
    link = PreviewLink.objects.filter(token=token, recalled_at=None).first()
    item = link and link.item
    if link is None or item is None:
        raise Http404(_("There is no such page."))
    if item.is_visible and not WorkingCopy.objects.about(item).exists():
        response: HttpResponse = HttpResponseRedirect(item.get_absolute_url(link.language))
    elif link.expires_at > timezone.now():
        response = previews.page(request, item, link.language, token)
    else:
        raise Http404(_("There is no such page."))
    for name, value in previews.HEADERS.items():
        response.headers[name] = value
    return response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.visible().in_language(page_language()).pinned_first().for_cards()[:7]
    events = Event.objects.visible().for_cards().next(6)
    return render(request, "home.html", {"articles": articles, "events": events})


@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    language = page_language()
    topic = Topic.objects.at(slug, language).first()
    if topic is None:
        return moved(Topic.objects.all(), slug)
    about = {"topics": topic}
    context = {
        "topic": topic,
        "articles": Article.objects.visible()
        .in_language(language)
        .filter(**about)
        .newest()
        .for_cards()[:12],
        "events": Event.objects.visible().filter(**about).for_cards().next(12),
        "past_events": Event.objects.visible().filter(**about).past().for_cards()[:12],
    }
    return render(request, "topic_detail.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether this process can serve: 200, or 503 when the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "away"}, status=503)
    return JsonResponse({"database": "ready"})
