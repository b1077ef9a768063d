"""The map of the whole site."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from sorb import views
from sorb.media.views import media_file
from sorb.sitemaps import SITEMAPS

urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    path("admin/", admin.site.urls),
    path("api/", include("sorb.api.urls")),
    path("media/<path:path>", media_file, name="media_file"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("preview/<str:token>/", views.preview, name="preview"),
    path("healthz", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path(_("topics/<slug:slug>/"), views.topic_detail, name="topic_detail"),
        path("", include("news.urls")),
        path("", include("events.urls")),
        path("", include("calendar_app.urls")),
    ),
]

handler400 = "sorb.errors.bad_request"
handler403 = "sorb.errors.permission_denied"
handler404 = "sorb.errors.page_not_found"
handler500 = "sorb.errors.server_error"
