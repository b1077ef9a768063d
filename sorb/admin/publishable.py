"""The admin of everything that is written, reviewed and published."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import CheckboxSelectMultiple, ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sorb.publishing.models import Publishable, Topic

from .columns import badge, day_and_clock, heading_marks, standing
from .content import ContentAdmin, Part
from .pairs import pair
from .thumbnails import thumbnail

ADDRESS = Part(_("Address of the page"), (pair("slug"),), is_closed=True)
RECORD = Part(_("Who wrote and changed it"), ("created", "changed"), is_closed=True)


def signed(moment: Any, user: Any) -> str:
    """„3 октомври 2025 г., 14:05 ч., Мария Петрова“; a dash before the first save."""
    if moment is None:
        return "–"
    words = date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    name = user and (user.get_full_name() or user.get_username())
    return f"{words}, {name}" if name else words


class PublishableAdmin(ContentAdmin):
    readonly_fields = ("created", "changed")
    search_fields = ("title_bg", "title_en", "lead_bg", "lead_en")
    search_help_text = _("Searches titles and leads in both languages.")
    list_display_links = ("heading",)

    def save_model(self, request: HttpRequest, obj: Publishable, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user  # type: ignore[assignment]
        obj.changed_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def formfield_for_manytomany(
        self, db_field: "models.ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelMultipleChoiceField[Any] | None":
        if db_field.related_model is Topic:  # few enough to be seen all at once
            kwargs["widget"] = CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("created"))
    def created(self, item: Publishable) -> str:
        return signed(item.created_at, item.created_by)

    @admin.display(description=_("changed"))
    def changed(self, item: Publishable) -> str:
        return signed(item.changed_at, item.changed_by)

    @admin.display(description="")
    def picture(self, item: Publishable) -> SafeString:
        return thumbnail(item.cover)

    @admin.display(description=_("title"), ordering="title_bg")
    def heading(self, item: Publishable) -> SafeString:
        return format_html('<span lang="{}">{}</span>', item.language, item.title)

    @admin.display(description=_("status"), ordering="status")
    def status_badge(self, item: Publishable) -> SafeString:
        return badge(*standing(item))

    @admin.display(description=_("published"), ordering="published_at")
    def published(self, item: Publishable) -> SafeString | str:
        return day_and_clock(item.published_at) if item.published_at else "–"

    @admin.display(description=_("languages"))
    def languages_present(self, item: Publishable) -> SafeString:
        return heading_marks(item)
