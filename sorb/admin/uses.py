"""Where a file of the library is used: in lists, on its form, and where it cannot be deleted."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sorb.desk.models import WorkingCopy
from sorb.media.models import Upload
from sorb.media.uses import Use, uses_of

from .columns import badge


class ShownUse(NamedTuple):
    """A use in words; `address` is "" where the user may not see the item."""

    kind: str
    name: str
    place: str
    address: str
    is_public: bool


def shown_uses(request: HttpRequest, upload: Upload) -> list[ShownUse]:
    """Where an upload is used, for somebody who may see the library.

    The name of an item that this user may not see stays unsaid.
    """
    return [shown_use(request, use) for use in uses_of(upload)]


def shown_use(request: HttpRequest, use: Use) -> ShownUse:
    item, place = use.item, use.place
    if isinstance(item, WorkingCopy):
        item, place = item.item, gettext("working copy")
    options = item._meta
    may_see = any(
        request.user.has_perm(f"{options.app_label}.{verb}_{options.model_name}")
        for verb in ("view", "change")
    )
    kind = str(options.verbose_name)
    if not may_see:
        return ShownUse(kind, "", place, "", use.is_public)
    try:
        page = f"admin:{options.app_label}_{options.model_name}_change"
        address = reverse(page, args=[item.pk])
    except NoReverseMatch:
        address = ""
    return ShownUse(kind, str(item), place, address, use.is_public)


def why_protected(request: HttpRequest, uploads: Iterable[Upload]) -> list[SafeString]:
    """For each use a line with a link, for the page that says why nothing is deleted."""
    lines = []
    for upload in uploads:
        for use in shown_uses(request, upload):
            item = (
                format_html('<a href="{}">{}</a>', use.address, use.name)
                if use.address
                else use.name
            )
            words = gettext("“%(file)s” is used in: %(kind)s %(item)s, %(place)s")
            parts = {"file": "{}", "kind": "{}", "item": "{}", "place": "{}"}
            values = (str(upload), use.kind, item, use.place)
            lines.append(format_html(words % parts, *values))
    return lines


def standing(upload: Any) -> SafeString:
    """„На сайта“, only in drafts, or not used: as the list read it with the row."""
    if upload.is_public:
        return badge("published", gettext("On the site"))
    if upload.is_used:
        return badge("draft", gettext("Only in drafts"))
    return badge("unused", gettext("Not used"))


class UseFilter(SimpleListFilter):
    title = _("use")
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("used", _("Used")),
            ("public", _("On the site")),
            ("drafts", _("Only in drafts")),
            ("unused", _("Not used")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        questions: dict[str, Callable[[], QuerySet[Any]]] = {
            "used": queryset.used,
            "public": queryset.public,
            "drafts": queryset.only_in_drafts,
            "unused": queryset.unused,
        }
        question = questions.get(self.value() or "")
        return question() if question else queryset


class LacksAlternativeFilter(SimpleListFilter):
    title = _("alternative text")
    parameter_name = "alternative"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("bg", _("Lacking in Bulgarian")),
            ("en", _("Lacking in English")),
            ("present", _("Present in both languages")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        answers = {
            "bg": queryset.filter(alternative_bg=""),
            "en": queryset.filter(alternative_en=""),
            "present": queryset.exclude(alternative_bg="").exclude(alternative_en=""),
        }
        return answers.get(self.value() or "", queryset)  # type: ignore[no-any-return]


class KindFilter(SimpleListFilter):
    title = _("kind of file")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            (kind, kind.upper()) for kind in ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "csv")
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        kinds = [kind for kind, _words in self.lookup_choices]
        if self.value() in kinds:
            return queryset.filter(file__endswith=f".{self.value()}")  # type: ignore[no-any-return]
        return queryset  # type: ignore[no-any-return]
