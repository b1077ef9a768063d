from django.http import Http404, HttpRequest, HttpResponse


def media_file(request: HttpRequest, path: str) -> HttpResponse:
    raise Http404
