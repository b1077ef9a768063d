from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.models import Organization, Speaker
from events.profile_views import profile_at
from sorb.publishing.addresses import page_language
from sorb.publishing.models import Topic
from sorb.publishing.pages import linked, moved, numbered_page

from .feeds import NamingAtom
from .models import Article, Category


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.visible().in_language(page_language()).pinned_first().for_cards()
    context = {"articles": numbered_page(request, articles), "categories": Category.objects.all()}
    return render(request, "news/article_list.html", context)


@require_safe
def article_archive(request: HttpRequest, year: int, month: int | None = None) -> HttpResponse:
    """The news of a year or of a month of it; 404 when there is none."""
    visible = Article.objects.visible()
    news = visible.in_language(page_language())
    articles = numbered_page(request, news.published_in(year, month).newest().for_cards())
    if not articles.paginator.count:
        raise Http404(_("There is no news of that time."))
    context = {
        "articles": articles,
        "year": year,
        "month": month,
        "first_day": date(year, month or 1, 1),
        "months": news.months(),
        "page_languages": visible.published_in(year, month).languages(),
    }
    return render(request, "news/article_archive.html", context)


@require_safe
def category_detail(request: HttpRequest, slug: str) -> HttpResponse:
    language = page_language()
    categories = list(Category.objects.all())
    category = next((each for each in categories if each.slug_in(language) == slug), None)
    if category is None:
        return moved(Category.objects.all(), slug)
    articles = Article.objects.visible().in_language(language).filter(category=category)
    context = {
        "category": category,
        "articles": numbered_page(request, articles.newest().for_cards()),
        "categories": categories,
    }
    return render(request, "news/category_detail.html", context)


@require_safe
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    article = Article.objects.visible().with_page().at(slug, page_language()).first()
    if article is None:
        return moved(Article.objects.visible(), slug)
    context = {
        "article": article,
        "topics": linked(Topic, article.topic_links),
        "municipalities": linked(Organization, article.municipality_links),
    }
    return render(request, "news/article_detail.html", context)


@require_safe
def speaker_atom(request: HttpRequest, slug: str) -> HttpResponse:
    found = profile_at(Speaker, slug, "news:speaker_atom")
    return found if isinstance(found, HttpResponse) else NamingAtom(found)(request)


@require_safe
def organization_atom(request: HttpRequest, slug: str) -> HttpResponse:
    found = profile_at(Organization, slug, "news:organization_atom")
    return found if isinstance(found, HttpResponse) else NamingAtom(found)(request)
