from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "calendar"

urlpatterns = [
    path(_("calendar/"), views.calendar_now, name="calendar_now"),
    path(_("calendar.ics"), views.calendar_ics, name="calendar_ics"),
    path(_("calendar/agenda/"), views.calendar_agenda, name="calendar_agenda"),
    path(_("calendar/<yyyy:year>/"), views.calendar_year, name="calendar_year"),
    path(_("calendar/<yyyy:year>/w<ww:week>/"), views.calendar_week, name="calendar_week"),
    path(_("calendar/<yyyy:year>/<mm:month>/"), views.calendar_month, name="calendar_month"),
    path(_("calendar/<yyyy:year>/<mm:month>/<dd:day>/"), views.calendar_day, name="calendar_day"),
]
