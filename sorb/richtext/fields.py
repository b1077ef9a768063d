"""The one rich-text field. Another editor takes the place of this one in `widgets` alone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from .cleaning import clean
from .policy import MAX_LENGTH
from .sanitiser import is_too_deep
from .widgets import RichTextWidget


def check_size(text: str) -> None:
    """Refuses what is no text a person wrote, before any work is spent on it."""
    if len(text) > MAX_LENGTH:
        raise ValidationError(
            _(
                "This text has %(length)s characters; at most %(most)s are possible. If pictures "
                "were pasted into it, put them into the media library instead."
            ),
            code="too_long",
            params={"length": len(text), "most": MAX_LENGTH},
        )
    if is_too_deep(text):
        raise ValidationError(
            _("This text is nested too deeply. Paste it as plain text."), code="too_deep"
        )


class RichTextFormField(forms.CharField):
    """Gives back what will be stored, so that an empty-looking text counts as empty."""

    def __init__(self, **kwargs: Any) -> None:
        # The admin proposes a plain text area for every TextField
        super().__init__(**kwargs | {"widget": RichTextWidget})

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        check_size(text)
        return clean(text)


class RichTextField(models.TextField):  # type: ignore[type-arg]
    """HTML that is cleaned when it is saved, whoever saves it.

    `update()`, `bulk_update()` and fixtures store what they are given: it is cleaned when shown.
    """

    default_validators = [check_size]

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if not isinstance(value, str):
            return value
        text = clean(value)
        # The column that stands for all languages gives the fallback's words: to set it here
        # would store Bulgarian words as the English translation
        if isinstance(getattr(type(model_instance), self.attname), DeferredAttribute):
            setattr(model_instance, self.attname, text)
        return text

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": RichTextFormField, **kwargs})
