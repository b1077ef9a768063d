"""Previews: the page of an item in any state, and links to it for people without an account."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sorb.desk import log, preview
from sorb.desk.models import Entry, PreviewLink
from sorb.outside import absolute
from sorb.publishing.addresses import LANGUAGES


class Previews:
    """For the admin of Publishables."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view  # type: ignore[attr-defined]
        name = f"{self.opts.app_label}_{self.opts.model_name}"  # type: ignore[attr-defined]
        own = [
            path(
                "<int:pk>/preview/<str:language>/",
                view(require_safe(self.preview)),
                name=f"{name}_preview",
            ),
            path(
                "<int:pk>/share/",
                view(require_http_methods(["GET", "HEAD", "POST"])(self.share)),
                name=f"{name}_share",
            ),
        ]
        return own + super().get_urls()  # type: ignore[misc, no-any-return]

    def _seen(self, request: HttpRequest, pk: int) -> Any:
        item = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if not self.has_view_or_change_permission(request, item):  # type: ignore[attr-defined]
            raise PermissionDenied
        if item is None:
            raise Http404(_("There is no such page."))
        return item

    def preview(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        item = self._seen(request, pk)
        if language not in LANGUAGES:
            raise Http404(_("There is no such page."))
        return preview.page(request, item, language)

    def share(self, request: Any, pk: int) -> HttpResponse:
        """Make a link to the preview, see those that are open, recall one."""
        item = self._seen(request, pk)
        if request.method == "POST":
            if not self.has_change_permission(request, item):  # type: ignore[attr-defined]
                raise PermissionDenied
            self._share_or_recall(request, item)
            return HttpResponseRedirect(request.path)
        links = PreviewLink.objects.about(item).open().select_related("made_by")
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Links to the preview"),
            "opts": self.opts,  # type: ignore[attr-defined]
            "original": item,
            "has_view_permission": True,
            "may_share": self.has_change_permission(request, item),  # type: ignore[attr-defined]
            "links": [(link, absolute(reverse("preview", args=[link.token]))) for link in links],
        }
        return TemplateResponse(request, "admin/share.html", context)

    def _share_or_recall(self, request: Any, item: Any) -> None:
        recall = request.POST.get("recall", "")
        if recall.isdecimal():
            links = PreviewLink.objects.about(item).open().filter(pk=int(recall[:18]))
            if links.update(recalled_at=timezone.now()):
                log.note(Entry.Action.RECALLED, user=request.user, item=item)
                messages.success(request, _("The link is recalled: it leads nowhere now."))
            return
        language = request.POST.get("language", "")
        if language not in LANGUAGES:
            messages.error(request, _("Choose the language of the page."))
            return
        PreviewLink.objects.create(**PreviewLink.of(item), language=language, made_by=request.user)
        log.note(Entry.Action.SHARED, user=request.user, item=item)
        messages.success(request, _("The link is made. Whoever has it sees this page only."))
