from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from events.models import Event
from news.models import Article
from sorb.publishing.addresses import page_language

from . import event_filters, news
from .answers import listed, reading
from .description import described
from .events import event_in_full, event_in_list
from .parameters import PAGING, Asked

Facts = dict[str, Any]

MORE = ("series", "venue__municipality")  # than the site itself shows in its lists


@reading(*event_filters.FILTERS, *PAGING)
def event_list(request: HttpRequest, asked: Asked) -> Facts:
    events = event_filters.chosen(Event.objects.visible(), asked).with_list_facts()
    events = events.select_related(*MORE)
    return listed(request, asked, events, event_in_list)


@reading()
def event_detail(request: HttpRequest, asked: Asked, number: int) -> Facts:
    events = Event.objects.visible().with_page().select_related(*MORE)
    event = events.filter(pk=number).first()
    if event is None:
        raise Http404(_("There is no such event."))
    return event_in_full(event)


@reading(*news.FILTERS, *PAGING)
def article_list(request: HttpRequest, asked: Asked) -> Facts:
    articles = Article.objects.visible().in_language(page_language())
    chosen = news.with_list_facts(news.chosen(articles, asked))
    return listed(request, asked, chosen, news.article_in_list)


@reading()
def article_detail(request: HttpRequest, asked: Asked, number: int) -> Facts:
    article = Article.objects.visible().with_page().filter(pk=number).first()
    if article is None:
        raise Http404(_("There is no such news item."))
    return news.article_in_full(article)


@reading()
def openapi(request: HttpRequest, asked: Asked) -> Facts:
    """The description of all this (OpenAPI 3.1)."""
    return described()
