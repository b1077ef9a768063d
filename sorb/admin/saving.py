"""How a form is saved: once, never over what others saved meanwhile, with a revision."""

import uuid
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.transaction import atomic
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import resolve, reverse

from sorb.desk import history
from sorb.desk.comparison import differences
from sorb.desk.models import Revision
from sorb.desk.snapshot import Snapshot, changed_names, taken

from . import sent
from .choices import PREFIX, chosen, with_rows_that_are_there
from .deleting import Deleting
from .stops import ConflictError, StoppedError


class Saving(Deleting):
    """For a ModelAdmin of things with a version; `typed_as` says which fields of the form make
    up a field of the model that is not typed as it is."""

    typed_as: dict[str, tuple[str, ...]] = {}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
        if request.content_type not in sent.TYPES:
            raise BadRequest("no form")  # it would be read as one in which everything is empty
        try:
            with atomic():
                if (before := sent.claim(request)) is not None:
                    return self._sent_again(request, before, extra_context)
                response = super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
                sent.settle(request, self._saved_address(request, response))
            return response
        except StoppedError as stopped:
            return self._stopped(request, stopped, object_id, form_url, extra_context)

    def _stopped(
        self, request: Any, stopped: StoppedError, object_id: Any, form_url: str, context: Any
    ) -> Any:
        """The form with everything that was typed, and why it was not saved."""
        request.stopped = stopped
        told = {**(context or {}), **stopped.context}
        if isinstance(stopped, ConflictError):
            told["conflict"] = self.conflict_context(stopped)
        response = super().changeform_view(request, object_id, form_url, told)  # type: ignore[misc]
        response.status_code = stopped.status
        return response

    def _sent_again(self, request: Any, before: Any, extra_context: Any) -> Any:
        """The same once more leads to what it made; other words are a change of it."""
        if before.digest == sent.digest(request) or not before.address:
            sent.say_saved_already(request)
            return HttpResponseRedirect(before.address or reverse("admin:index"))
        object_id = resolve(before.address).kwargs["object_id"]
        try:
            with atomic():
                response = super().changeform_view(  # type: ignore[misc]
                    request, object_id, before.address, extra_context
                )
                if self._saved_address(request, response) is not None:
                    sent.say_kept_no_longer(request)
            return response
        except StoppedError as stopped:
            return self._stopped(request, stopped, object_id, before.address, extra_context)

    def _saved_address(self, request: Any, response: HttpResponse) -> str | None:
        item = getattr(request, "saved_item", None)
        if item is None or not 300 <= response.status_code < 400:
            return None
        options = item._meta
        name = f"admin:{options.app_label}_{options.model_name}_change"
        return reverse(name, args=[item.pk])

    def _changeform_view(
        self, request: Any, object_id: str | None, form_url: str, extra_context: Any
    ) -> Any:
        context = {
            "form_token": str(sent.token_of(request) or uuid.uuid4())
            if hasattr(request, "stopped")
            else str(uuid.uuid4()),
            **(extra_context or {}),
        }
        if request.method == "POST" and object_id is not None:
            gone = self._prepare_change(request, unquote(object_id))
            if gone is not None:
                return gone
        return self._form(request, object_id, form_url, context)

    def _form(
        self, request: Any, object_id: str | None, form_url: str, context: dict[str, Any]
    ) -> Any:
        """Django's own way from a request to a form, or to a save; the row is locked by now."""
        request.saved_item = None
        return super()._changeform_view(request, object_id, form_url, context)  # type: ignore[misc]

    def _prepare_change(self, request: Any, pk: str) -> HttpResponse | None:
        """Lock the row, and note what others have made of it since the form was opened."""
        model = self.model  # type: ignore[attr-defined]
        try:
            item = model._base_manager.select_for_update().filter(pk=pk).first()
        except (ValueError, OverflowError):
            item = None
        if item is None:
            return self._gone(request, pk)
        if not self.has_change_permission(request, item):  # type: ignore[attr-defined]
            raise PermissionDenied
        request.item_in_hand = item
        if hasattr(request, "stopped"):
            return None
        history.note_as_found(item)
        typed_on = request.POST.get("version")
        if typed_on is not None and typed_on != self.token_for(item, request):
            request.theirs = self.stands(item, request)
            request.typed_on = typed_on
        return None

    def get_object(self, request: Any, object_id: str, from_field: Any = None) -> Any:
        item = getattr(request, "item_in_hand", None)
        if item is not None and from_field is None and str(item.pk) == object_id:
            return item
        return super().get_object(request, object_id, from_field)  # type: ignore[misc]

    def token_for(self, item: Any, request: Any) -> str:
        """What a form must have seen to be saved."""
        return str(getattr(item, "version", ""))

    def stands(self, item: Any, request: Any) -> Snapshot:
        """What a save would overwrite."""
        return taken(item)

    def base_of(self, item: Any, request: Any) -> Snapshot | None:
        """What the form began from; None when no revision tells."""
        version = request.typed_on.partition(".")[0]
        if not version.isdecimal():
            return None
        revisions = Revision.objects.about(item).live()
        base: Revision | None = revisions.filter(version__lte=int(version[:9])).first()
        return base.snapshot if base else None

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)  # type: ignore[misc]
        form.stopped = getattr(request, "stopped", None)
        form.left_as_they_are = self._theirs(request)
        return form

    def _theirs(self, request: HttpRequest) -> set[str]:
        """The fields of the form for which the other's version was chosen."""
        return {
            field
            for name in chosen(request.POST, "theirs")
            for field in self.typed_as.get(name, (name,))
        }

    def _create_formsets(self, request: Any, obj: Any, change: bool) -> Any:
        if request.method == "POST" and change:
            request.POST = with_rows_that_are_there(request.POST, obj)
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        if request.method != "POST" or not (theirs := chosen(request.POST, "theirs")):
            return formsets, inlines
        kept = [
            both for both in zip(formsets, inlines, strict=True) if both[0].prefix not in theirs
        ]
        return [formset for formset, _inline in kept], [inline for _formset, inline in kept]

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        item = form.instance
        request.saved_item = item
        theirs = getattr(request, "theirs", None)
        if theirs is not None:
            item.refresh_from_db()
            mine = taken(item)
            if names := changed_names(type(item), theirs, mine):
                raise ConflictError(theirs, mine, self.base_of(item, request), names)
        self.saved(request, item, change)

    def saved(self, request: Any, item: Any, change: bool) -> None:
        """Everything is stored: keep a revision."""
        verb = Revision.Verb.CHANGED if change else Revision.Verb.CREATED
        history.record(item, request.user, verb)

    def conflict_context(self, conflict: ConflictError) -> list[dict[str, Any]]:
        """The differences, each with what to choose at first: where only one of the two has
        changed something, that one; else mine, which the form holds to be combined."""
        model = self.model  # type: ignore[attr-defined]
        base = conflict.base
        by_me = changed_names(model, base, conflict.mine) if base else conflict.names
        return [
            {
                "difference": difference,
                "differences": [difference],
                "field": PREFIX + difference.name,
                "choice": "mine" if difference.name in by_me else "theirs",
            }
            for difference in differences(model, conflict.theirs, conflict.mine)
        ]

    def construct_change_message(self, *args: Any, **kwargs: Any) -> list[Any]:
        """What changed is told by the revisions."""
        return []

    def log_addition(self, request: Any, obj: Any, message: Any) -> None:
        """The desk keeps its own log."""

    log_change = log_addition
