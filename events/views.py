from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sorb.publishing.addresses import page_language
from sorb.publishing.models import Topic
from sorb.publishing.pages import linked, moved, numbered_page

from .ical import calendar_response
from .models import Event


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    events = numbered_page(request, Event.objects.visible().upcoming().for_cards())
    context = {"events": events, "is_same_list": True}
    return render(request, "events/event_list.html", context)


@require_safe
def event_past(request: HttpRequest) -> HttpResponse:
    events = numbered_page(request, Event.objects.visible().past().for_cards())
    context = {"events": events, "is_same_list": True}
    return render(request, "events/event_past.html", context)


@require_safe
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    event = Event.objects.visible().with_page().at(slug, page_language()).first()
    if event is None:
        return moved(Event.objects.visible(), slug)
    context = {
        "event": event,
        "topics": linked(Topic, event.topic_links),
        "articles": event.articles.visible().in_language(page_language()).newest().for_cards(),
    }
    return render(request, "events/event_detail.html", context)


@require_safe
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The event as a calendar file; an old address leads to the present one."""
    language = page_language()
    events = Event.objects.visible()
    event = events.with_calendar_facts().at(slug, language).first()
    if event is not None:
        return calendar_response(request, [event], f"{slug}.ics", is_attachment=True)
    former = events.formerly_at(slug, language).first()
    if former is None:
        raise Http404(_("There is no such page."))
    return redirect("events:event_ics", former.slug_in(language), permanent=True)
