"""The form for translators: the Bulgarian words beside a field for the English ones."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.transaction import atomic
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sorb.desk import ledger, translating
from sorb.desk.models.about import signed_name
from sorb.desk.translating import Place

from . import sent
from .columns import heading_marks, standing
from .translation_lines import groups_of
from .verbs import what_public_sees

KEEP, DONE = "_keep", "_done"
OF_FORM = frozenset({"csrfmiddlewaretoken", "version", sent.FIELD, KEEP, DONE})


def _words_in(request: HttpRequest) -> dict[str, str]:
    """What was sent, apart from what every form has."""
    return {name: str(request.POST[name]) for name in request.POST if name not in OF_FORM}


class TranslationForm(forms.Form):
    """A field for every place that has words in one of the languages; only English is typed."""

    def __init__(self, fields: dict[str, forms.Field], **kwargs: Any) -> None:
        super().__init__(label_suffix="", **kwargs)
        self.fields.update(fields)


@dataclass(frozen=True)
class Sheet:
    """What a translator works on: the item, its places, and what was kept unfinished."""

    item: Any
    draft: Any
    places: list[Place]
    typed: dict[str, str]  # by the names of the places: what was sent, else what was kept

    @classmethod
    def of(cls, item: Any, sent_words: dict[str, str] | None = None) -> "Sheet":
        draft = translating.draft_of(item)
        kept = draft.words if draft else {}
        typed = kept if sent_words is None else sent_words
        return cls(item, draft, translating.places(item), typed)

    @property
    def version(self) -> str:
        return translating.version_of(self.item, self.draft)

    @property
    def shown(self) -> list[Place]:
        """The places with something to translate, or with English words."""
        return [
            place
            for place in self.places
            if place.source or place.words or self.typed.get(place.name)
        ]

    @property
    def lost_words(self) -> list[str]:
        """Words whose place was deleted after they were typed."""
        names = {place.name for place in self.places}
        return [words for name, words in self.typed.items() if name not in names and words]


class Translating:
    """For the admin of Publishables."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view  # type: ignore[attr-defined]
        name = f"{self.opts.app_label}_{self.opts.model_name}_translate"  # type: ignore[attr-defined]
        both = require_http_methods(["GET", "HEAD", "POST"])
        own = [path("<int:pk>/translate/", view(both(self.translate_view)), name=name)]
        return own + super().get_urls()  # type: ignore[misc, no-any-return]

    def has_translate_permission(self, request: HttpRequest, item: Any = None) -> bool:
        allowed = ledger.may_translate(request.user, self.model)  # type: ignore[attr-defined]
        return allowed and self.has_view_permission(request, item)  # type: ignore[attr-defined]

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        item = context["original"]
        context["may_translate"] = item and self.has_translate_permission(request, item)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def translate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if not self.has_translate_permission(request, item):
            raise PermissionDenied
        if item is None:
            raise Http404(_("There is no such page."))
        if request.method == "POST":
            with atomic():
                return self._save_translation(request, pk)
        sheet = Sheet.of(item)
        initial = {place.name: place.words for place in sheet.places} | sheet.typed
        return self._translation_page(
            request, sheet, self._translation_form(request, sheet, initial=initial)
        )

    def _save_translation(self, request: HttpRequest, pk: int) -> HttpResponse:
        before = sent.claim(request)
        if before is not None and (before.digest == sent.digest(request) or not before.address):
            sent.say_saved_already(request)
            return HttpResponseRedirect(before.address or request.path)
        rows = self.model._base_manager.select_for_update()  # type: ignore[attr-defined]
        item = rows.filter(pk=pk).first()
        if item is None:
            raise Http404(_("There is no such page."))
        sheet = Sheet.of(item, _words_in(request))
        is_stale = request.POST.get("version") != sheet.version
        self._refuse_what_no_form_has(request, sheet, is_stale)
        form = self._translation_form(request, sheet, data=request.POST)
        if is_stale or not form.is_valid():
            if before is None:
                sent.settle(request, None)
            return self._translation_page(request, sheet, form, is_stale=is_stale)
        address = self._store_translation(request, sheet, form.cleaned_data)
        sent.settle(request, address)
        return HttpResponseRedirect(address)

    def _refuse_what_no_form_has(self, request: HttpRequest, sheet: Sheet, is_stale: bool) -> None:
        """A row that was deleted meanwhile is none of ours any more: its words are shown again.

        Raises:
            PermissionDenied: something was sent that is no English word of this item.
        """
        for name in sheet.typed.keys() - {place.name for place in sheet.places}:
            if not (is_stale and translating.is_of_lost_row(sheet.item, name)):
                raise PermissionDenied

    def _translation_form(
        self, request: HttpRequest, sheet: Sheet, **kwargs: Any
    ) -> TranslationForm:
        fields = {place.name: self._translation_field(request, place) for place in sheet.shown}
        return TranslationForm(fields, **kwargs)

    def _translation_field(self, request: HttpRequest, place: Place) -> forms.Field:
        field: forms.Field = self.formfield_for_dbfield(place.field, request)  # type: ignore[attr-defined]
        field.label = place.label
        field.help_text = ""
        field.required = place.is_heading and DONE in request.POST
        field.widget.is_required = False  # an unfinished translation may lack it
        field.error_messages["required"] = gettext_lazy(
            "Write the English title: without it there is no English page."
        )
        return field

    def _store_translation(self, request: HttpRequest, sheet: Sheet, words: dict[str, str]) -> str:
        """Finish or keep what was typed. Returns the address that comes next."""
        if DONE in request.POST:
            translating.finish(sheet.item, request.user, words, sheet.draft)
            if sheet.item.is_visible:
                done = _("The translation is done. English readers see it.")
            else:
                done = _(
                    "The translation is done. Readers will see it together with the Bulgarian text."
                )
            messages.success(request, done)
            return reverse("admin:desk_translations")
        if translating.keep(sheet.item, request.user, words, sheet.draft) is None:
            messages.info(request, _("Nothing differs from the words that are stored."))
        else:
            words_said = _("Kept unfinished. Readers see nothing of it until you press “Done”.")
            messages.success(request, words_said)
        return request.path

    def _translation_page(
        self, request: HttpRequest, sheet: Sheet, form: TranslationForm, is_stale: bool = False
    ) -> HttpResponse:
        item = sheet.item
        key = f"{self.opts.app_label}.{self.opts.model_name}.{item.pk}.translation"  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Translation into English"),
            "opts": self.opts,  # type: ignore[attr-defined]
            "item": item,
            "standing": standing(item),
            "marks": heading_marks(item),
            "public_sees": what_public_sees(item, has_copy=False),
            "draft": sheet.draft,
            "draft_author": signed_name(sheet.draft.changed_by) if sheet.draft else "",
            "groups": groups_of(sheet.item, sheet.draft, sheet.shown, form, is_stale),
            "lost_words": sheet.lost_words,
            "form": form,
            "is_stale": is_stale,
            "may_change": self.has_change_permission(request, item),  # type: ignore[attr-defined]
            "item_key": key,
            "item_version": sheet.version,
            "form_token": str((form.is_bound and sent.token_of(request)) or uuid.uuid4()),
        }
        status = 409 if is_stale else 200
        return TemplateResponse(request, "admin/translate.html", context, status=status)
