from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import feeds, views

app_name = "events"

urlpatterns = [
    path(_("events/"), views.event_list, name="event_list"),
    path(_("events/past/"), views.event_past, name="event_past"),
    path(_("events/feed.atom"), feeds.EventAtom(), name="event_atom"),
    path(_("events/feed.rss"), feeds.EventRss(), name="event_rss"),
    path(_("events/<slug:slug>.ics"), views.event_ics, name="event_ics"),
    path(_("events/<slug:slug>/"), views.event_detail, name="event_detail"),
    path(_("series/<slug:slug>.ics"), views.series_ics, name="series_ics"),
    path(_("series/<slug:slug>/"), views.series_detail, name="series_detail"),
    path(_("speakers/<slug:slug>/"), views.speaker_detail, name="speaker_detail"),
    path(_("organizations/"), views.organization_list, name="organization_list"),
    path(_("organizations/<slug:slug>/"), views.organization_detail, name="organization_detail"),
]
