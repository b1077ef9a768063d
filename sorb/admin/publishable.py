"""The admin of everything that is written, reviewed and published."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import CheckboxSelectMultiple, ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sorb.desk import gate, history, workflow
from sorb.desk.models import Revision
from sorb.desk.models.about import signed_name
from sorb.desk.workflow import LEADS_TO, Verb
from sorb.publishing.models import Publishable, Topic

from .columns import badge, day_and_clock, heading_marks, standing
from .content import ContentAdmin, Part
from .pairs import pair
from .previews import Previews
from .stops import GateError, StoppedError
from .thumbnails import thumbnail
from .translating import Translating
from .verbs import buttons, shown_moment, verb_of, version_of, what_public_sees
from .working_copies import WorkingCopies

ADDRESS = Part(_("Address of the page"), (pair("slug"),), is_closed=True)
RECORD = Part(_("Who wrote and changed it"), ("created", "changed"), is_closed=True)
MOMENTS = ("published_at", "withdrawn_at")
MOMENTS_WORDS = _("Moments are those of Sofia (time zone: Sofia). Left empty, “Publish” means now.")


def signed(moment: Any, user: Any) -> str:
    """„3 октомври 2025 г., 14:05 ч., Мария Петрова“; a dash before the first save."""
    if moment is None:
        return "–"
    name = signed_name(user)
    return f"{shown_moment(moment)}, {name}" if name else shown_moment(moment)


class PublishableAdmin(Translating, Previews, WorkingCopies, ContentAdmin):  # type: ignore[misc]
    readonly_fields = ("created", "changed")
    search_fields = ("title_bg", "title_en", "lead_bg", "lead_en")
    search_help_text = _("Searches titles and leads in both languages.")
    list_display_links = ("heading",)

    # Who may do what

    def get_queryset(self, request: HttpRequest) -> Any:
        return workflow.viewable(request.user, super().get_queryset(request))

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """The item whatever its standing: the permission is asked about it, not about its list."""
        if from_field is not None or getattr(request, "item_in_hand", None) is not None:
            return super().get_object(request, object_id, from_field)
        try:
            return self.model._default_manager.filter(pk=object_id).first()
        except (ValueError, OverflowError):
            return None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_view_permission(request, obj)
        return allowed and (obj is None or workflow.may_view(request.user, obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or workflow.may_change(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or workflow.may_change(request.user, obj))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if workflow.may_publish(request.user, self.model) else (*fields, *MOMENTS)

    # From the form to the database

    def _form(self, request: Any, object_id: str | None, form_url: str, context: Any) -> Any:
        item = self.get_object(request, unquote(object_id)) if object_id else None
        copy = self.copy_of(item, request)
        if request.method != "POST":
            if copy is None or not self.has_change_permission(request, item):
                return super()._form(request, object_id, form_url, context)
            return self.copy_shown(request, item, copy, object_id, form_url, context)
        verb = self._checked_verb(request, item)
        if verb == Verb.DISCARD and not hasattr(request, "stopped"):
            return self.discard(request, item, copy)
        if verb == Verb.WORKING or (copy and verb in (Verb.SAVE, Verb.WITHDRAW)):
            response = self.save_copy(request, item, copy, object_id, form_url, context)
            if copy and verb == Verb.WITHDRAW and request.saved_item is not None:
                self.withdraw_beside(request, item, copy)
            return response
        if copy is not None:
            self.put_in_place(request, item, copy)
        return super()._form(request, object_id, form_url, context)

    def _checked_verb(self, request: HttpRequest, item: Publishable | None) -> Verb:
        """The verb that was sent.

        Raises:
            PermissionDenied: the user may not do that with the item where it stands, or sent what
                no form of ours has.
            StoppedError: somebody else has moved it on since the form was opened (409).
        """
        verb = verb_of(request)
        if "status" in request.POST:
            raise PermissionDenied
        if hasattr(request, "stopped"):  # nothing will be saved: the form is only shown again
            return verb
        is_late = hasattr(request, "theirs")
        is_possible = verb in workflow.verbs(request.user, item, self.model)
        if is_late and workflow.may_publish(request.user, self.model):
            if not is_possible or verb == Verb.DISCARD:
                words = gettext("Somebody else has saved it meanwhile. Look again, then decide.")
                raise StoppedError(words, status=409)
        elif not is_possible:
            raise PermissionDenied
        return verb

    def save_model(self, request: Any, obj: Publishable, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        obj.changed_by = request.user
        obj.status = LEADS_TO.get(verb_of(request), obj.status)
        super().save_model(request, obj, form, change)

    def saved(self, request: Any, item: Any, change: bool) -> None:
        """Ask the gate, then keep a revision; a working copy that was published is no more."""
        if getattr(request, "is_for_copy", False):
            return
        verb = verb_of(request)
        if verb == Verb.PUBLISH or (verb == Verb.SAVE and item.is_visible):
            self._ask_gate(request, item, verb)
        copy = self.copy_of(item, request)
        if copy is not None and verb == Verb.PUBLISH:
            copy.delete()
        note = request.POST.get("return_note", "").strip() if verb == Verb.RETURN else ""
        history.record(item, request.user, self._revision_verb(verb, change), note=note)

    def _revision_verb(self, verb: Verb, change: bool) -> str:
        told = {
            Verb.SEND: Revision.Verb.SENT,
            Verb.RETURN: Revision.Verb.RETURNED,
            Verb.PUBLISH: Revision.Verb.PUBLISHED,
            Verb.WITHDRAW: Revision.Verb.WITHDRAWN,
        }
        return told.get(verb, Revision.Verb.CHANGED if change else Revision.Verb.CREATED)

    def _ask_gate(self, request: HttpRequest, item: Any, verb: Verb) -> None:
        item.refresh_from_db()
        findings = gate.findings(item)
        if gate.blocks(findings):
            raise GateError(findings, can_confirm=False)
        if verb == Verb.PUBLISH and gate.asks(findings) and "_publish_anyway" not in request.POST:
            raise GateError(findings, can_confirm=True)

    # The form

    def render_change_form(
        self, request: Any, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        item = context["original"]
        copy = self.copy_of(item, request)
        may_change = item is None or self.has_change_permission(request, item)
        may = workflow.verbs(request.user, item, self.model) if may_change else set()
        stored = getattr(request, "public_item", item)
        if stored is item and (hasattr(request, "stopped") or context["errors"]):  # as typed
            stored = self.model._default_manager.filter(pk=item and item.pk).first()
        context["verbs"] = {
            "buttons": buttons(stored, may, copy is not None),
            "can_withdraw": stored is not None and Verb.WITHDRAW in may,
            "can_return": stored is not None and Verb.RETURN in may,
            "can_discard": copy is not None and Verb.DISCARD in may,
        }
        if stored is not None:
            context["item_version"] = version_of(stored, copy)
        context["public_sees"] = what_public_sees(stored, copy is not None)
        context["return_note"] = self._note_for(stored)
        return super().render_change_form(request, context, *args, **kwargs)

    def _note_for(self, item: Publishable | None) -> Any:
        """The revision that returned a draft, while it is the last word on it."""
        if item is None or item.status != "draft":
            return None
        revision = Revision.objects.about(item).live().exclude(verb="changed").first()
        return revision if revision is not None and revision.verb == "returned" else None

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
