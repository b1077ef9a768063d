"""The working copy in the form: a save that is kept beside the published text, not over it."""

from typing import Any

from django.contrib import messages
from django.db.transaction import atomic, set_rollback
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sorb.desk import history, working_copies
from sorb.desk.comparison import differences
from sorb.desk.models import Revision, WorkingCopy
from sorb.desk.models.about import signed_name
from sorb.desk.snapshot import Snapshot, taken
from sorb.publishing.models import Status

from .verbs import version_of


class WorkingCopies:
    """For the admin of Publishables, before what saves in the usual way."""

    def copy_of(self, item: Any, request: Any) -> WorkingCopy | None:
        """The working copy that a request is about, read once."""
        if not hasattr(request, "working_copy"):
            request.working_copy = item and WorkingCopy.objects.about(item).first()
        copy: WorkingCopy | None = request.working_copy
        return copy

    def token_for(self, item: Any, request: Any) -> str:
        return version_of(item, self.copy_of(item, request))

    def stands(self, item: Any, request: Any) -> Snapshot:
        copy = self.copy_of(item, request)
        return copy.snapshot if copy else taken(item)

    def base_of(self, item: Any, request: Any) -> Snapshot | None:
        """Of a copy: what its earlier save was, counted back from the last one."""
        copy = self.copy_of(item, request)
        number = request.typed_on.partition(".")[2]
        if copy is None or not number.isdecimal():
            return super().base_of(item, request)  # type: ignore[misc, no-any-return]
        later = copy.version - int(number[:9])
        saves = Revision.objects.about(item).filter(verb=Revision.Verb.WORKING_COPY)
        base = saves[later : later + 1].first() if later > 0 else None
        return base.snapshot if base else None

    def put_in_place(self, request: Any, item: Any, copy: WorkingCopy) -> None:
        """For this transaction; what the public sees is noted before, for the form to say."""
        request.public_item = self._again(item)
        working_copies.put_in_place(item, copy)

    def copy_shown(
        self, request: Any, item: Any, copy: WorkingCopy, object_id: Any, form_url: str, told: Any
    ) -> Any:
        """The form as the copy has it: put in place, drawn, and taken back."""
        live = taken(item)
        context = {
            **told,
            "working_copy": copy,
            "copy_author": signed_name(copy.changed_by) or "–",
            "copy_differences": differences(type(item), live, copy.snapshot),
            "is_live_changed": copy.based_on != item.version,
        }
        with atomic():
            self.put_in_place(request, item, copy)
            response = super()._form(request, object_id, form_url, context)  # type: ignore[misc]
            if hasattr(response, "render"):
                response.render()
            set_rollback(True)
        return response

    def save_copy(
        self, request: Any, item: Any, copy: Any, object_id: Any, form_url: str, told: Any
    ) -> Any:
        """An ordinary save that is taken back, of which the snapshot is kept."""
        request.is_for_copy = True
        snapshot = None
        with atomic():
            if copy is not None:
                self.put_in_place(request, item, copy)
            response = super()._form(request, object_id, form_url, told)  # type: ignore[misc]
            if request.saved_item is not None:
                snapshot = taken(self._again(item))
            elif hasattr(response, "render"):
                response.render()
            set_rollback(True)
        if snapshot is not None:
            working_copies.keep(self._again(item), copy, snapshot, request.user)
        return response

    def withdraw_beside(self, request: HttpRequest, item: Any, copy: WorkingCopy) -> None:
        """Withdraw what readers see and keep the copy as it is."""
        live = self._again(item)
        live.status, live.changed_by = Status.WITHDRAWN, request.user
        live.save()
        history.record(live, request.user, Revision.Verb.WITHDRAWN)
        copy.based_on = live.version
        copy.save()

    def discard(self, request: HttpRequest, item: Any, copy: WorkingCopy | None) -> HttpResponse:
        if copy is not None:
            copy.delete()
        words = _("The working copy is discarded; in the history it can still be found.")
        messages.success(request, words)
        name = f"admin:{item._meta.app_label}_{item._meta.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[item.pk]))

    def _again(self, item: Any) -> Any:
        """The item as the database has it at this moment of the transaction."""
        return type(item)._default_manager.get(pk=item.pk)
