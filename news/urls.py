from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import feeds, views

app_name = "news"

urlpatterns = [
    path(_("news/"), views.article_list, name="article_list"),
    path(_("news/feed.atom"), feeds.ArticleAtom(), name="article_atom"),
    path(_("news/feed.rss"), feeds.ArticleRss(), name="article_rss"),
    path(_("news/archive/<yyyy:year>/"), views.article_archive, name="article_year"),
    path(_("news/archive/<yyyy:year>/<mm:month>/"), views.article_archive, name="article_month"),
    path(_("news/category/<slug:slug>/"), views.category_detail, name="category_detail"),
    path(_("news/<slug:slug>/"), views.article_detail, name="article_detail"),
    path(_("speakers/<slug:slug>/news.atom"), views.speaker_atom, name="speaker_atom"),
    path(
        _("organizations/<slug:slug>/news.atom"), views.organization_atom, name="organization_atom"
    ),
]
