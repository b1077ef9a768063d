from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import feeds, profile_views, series_views, views

app_name = "events"

urlpatterns = [
    path(_("events/"), views.event_list, name="event_list"),
    path(_("events/past/"), views.event_past, name="event_past"),
    path(_("events/past/<yyyy:year>/"), views.event_past, name="event_year"),
    path(_("events/feed.atom"), feeds.EventAtom(), name="event_atom"),
    path(_("events/feed.rss"), feeds.EventRss(), name="event_rss"),
    path(_("events/<slug:slug>.ics"), views.event_ics, name="event_ics"),
    path(_("events/<slug:slug>/programme/"), views.event_programme, name="event_programme"),
    path(_("events/<slug:slug>/"), views.event_detail, name="event_detail"),
    path(_("series/"), series_views.series_list, name="series_list"),
    path(_("series/<slug:slug>.ics"), series_views.series_ics, name="series_ics"),
    path(_("series/<slug:slug>/"), series_views.series_detail, name="series_detail"),
    path(_("series/<slug:slug>/feed.atom"), series_views.series_atom, name="series_atom"),
    path(_("speakers/"), profile_views.speaker_list, name="speaker_list"),
    path(_("speakers/<slug:slug>.ics"), profile_views.speaker_ics, name="speaker_ics"),
    path(_("speakers/<slug:slug>/"), profile_views.speaker_detail, name="speaker_detail"),
    path(_("speakers/<slug:slug>/feed.atom"), profile_views.speaker_atom, name="speaker_atom"),
    path(_("organizations/"), profile_views.organization_list, name="organization_list"),
    path(
        _("organizations/<slug:slug>.ics"), profile_views.organization_ics, name="organization_ics"
    ),
    path(
        _("organizations/<slug:slug>/"),
        profile_views.organization_detail,
        name="organization_detail",
    ),
    path(
        _("organizations/<slug:slug>/feed.atom"),
        profile_views.organization_atom,
        name="organization_atom",
    ),
]
