"""The admin site: its own policy of content, its menu, its start page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sorb.accounts import answers, keeping, reset, second_factor, sessions, steps
from sorb.accounts.forms import SignInForm
from sorb.accounts.middleware import awaited_user
from sorb.accounts.records import record
from sorb.desk.models import Entry

from . import deleted, presence, translations
from .chosen import delete_selected
from .start import start_page

View = Callable[..., HttpResponseBase]


def guarded(view: View) -> View:
    """The view with the headers of the admin; whoever uses it stays signed in."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        match = request.resolver_match
        if match is None or match.view_name not in presence.QUIET_VIEWS:
            sessions.prolong(request)
        return answers.closed(response)

    return answer


class SorbAdminSite(AdminSite):
    site_header = settings.SITE_SHORT_NAME
    site_title = settings.SITE_SHORT_NAME
    index_title = _("What awaits you")
    site_url = "/"
    enable_nav_sidebar = False
    index_template = "admin/start.html"
    login_form = SignInForm

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.add_action(delete_selected)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return guarded(steps.step_first(super().admin_view(view, cacheable)))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        sections = path("sections/", self.admin_view(self.sections), name="sections")
        # Django's way from any row to its page asks for no permission; forms link themselves
        inherited = [
            address
            for address in super().get_urls()
            if getattr(address, "name", None) != "view_on_site"
        ]
        return [
            sections,
            *presence.urls(self.admin_view),
            *deleted.urls(self.admin_view),
            *translations.urls(self.admin_view),
            *steps.urls(guarded),
            *reset.urls(guarded),
            *keeping.urls(self.admin_view),
            *inherited,
        ]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        context["languages"] = settings.LANGUAGES
        context["menu"] = self.menu(request) if context["has_permission"] else []
        return context

    def menu(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The lists that are worth a word at the top of every page, for whoever may see them."""
        entries = [
            (place, model._meta)
            for model, model_admin in self._registry.items()
            if (place := getattr(model_admin, "menu_place", 0))
            and model_admin.has_view_or_change_permission(request)
        ]
        menu = []
        for _place, options in sorted(entries, key=lambda entry: entry[0]):
            address = reverse(f"{self.name}:{options.app_label}_{options.model_name}_changelist")
            menu.append(
                {
                    "name": options.verbose_name_plural,
                    "address": address,
                    "is_current": request.path.startswith(address),
                }
            )
        return menu + translations.menu_entry(request)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        models = sorted(
            (model for model in apps.get_models() if model in self._registry),
            key=lambda model: getattr(self._registry[model], "menu_place", 0),
        )
        start = start_page(request, models)
        return super().index(request, {**(extra_context or {}), "start": start})

    def sections(self, request: HttpRequest) -> HttpResponse:
        context = {
            **self.each_context(request),
            "title": gettext("All sections"),
            "app_list": self.get_app_list(request),
            "may_recover": bool(deleted.recoverable_models(request)),
        }
        return TemplateResponse(request, "admin/sections.html", context)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return guarded(self._login)(
            request, {"has_mail": settings.HAS_MAIL, **(extra_context or {})}
        )

    def _login(self, request: HttpRequest, extra_context: dict[str, Any]) -> HttpResponseBase:
        """The password, and after it the second step where one is due."""
        if request.method == "GET" and awaited_user(request) is not None:
            return steps.to_step(answers.way_on(request))
        response = super().login(request, extra_context)
        if request.method != "POST" or response.status_code != 302:
            return response
        if second_factor.is_due(request, request.user):
            return steps.to_step(answers.way_on(request))
        record(request, Entry.Action.SIGNED_IN, request.user)
        return response

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """The user's own; every other session of the user ends by it."""
        response = super().password_change(request, extra_context)
        if response.status_code == 302:
            record(request, Entry.Action.PASSWORD_CHANGED, request.user, item=request.user)
        return response
