"""What is asked for beside the password."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from . import second_factor


class SignInForm(AdminAuthenticationForm):
    """Name and password. A name longer than any account's is refused before it is looked up:
    Django tells browsers of the limit and does not check it."""

    error_messages = {
        "invalid_login": _("The user name or the password is wrong."),
        "inactive": _("The user name or the password is wrong."),
    }

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if len(name) > (get_user_model()._meta.get_field("username").max_length or 0):
            raise self.get_invalid_login_error()
        return name


class CodeForm(forms.Form):
    """A code of the app or, where it is welcome, a recovery code; checked against a user."""

    code = forms.CharField(
        label=_("Code"),
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )

    def __init__(self, user: Any, *args: Any, with_recovery: bool = True, **kwargs: Any) -> None:
        self.user = user
        self.wait = 0  # seconds until another code is read
        self.device: Any = None
        self.lengths = [second_factor.APP_DIGITS]
        if with_recovery:
            self.lengths.append(second_factor.RECOVERY_DIGITS)
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].replace("-", "").split())
        if not (code.isascii() and code.isdigit() and len(code) in self.lengths):
            raise ValidationError(self.what_is_asked)
        return self.accepted(code)

    @property
    def what_is_asked(self) -> Any:
        if len(self.lengths) > 1:
            return _("A code has 6 digits in the app; a recovery code has 12.")
        return _("A code of the app has 6 digits.")

    def accepted(self, code: str) -> str:
        checked = second_factor.check(self.user, code)
        self.device, self.wait = checked.device, checked.wait
        if self.wait:
            raise ValidationError(
                ngettext(
                    "Too many wrong codes. Wait %(count)d second, then enter a new code.",
                    "Too many wrong codes. Wait %(count)d seconds, then enter a new code.",
                    self.wait,
                )
                % {"count": self.wait}
            )
        if self.device is None:
            raise ValidationError(
                _("This code is not valid. Each code works once: wait for the next one.")
            )
        return code


class FirstCodeForm(CodeForm):
    """The first code of an app whose key has just been read from the page."""

    def __init__(self, user: Any, key: str, *args: Any, **kwargs: Any) -> None:
        self.key = key
        super().__init__(user, *args, with_recovery=False, **kwargs)

    def accepted(self, code: str) -> str:
        self.device = second_factor.set_up(self.user, self.key, code)
        if self.device is None:
            raise ValidationError(
                _(
                    "This code does not belong to the key above. Check that the clock of the phone"
                    " is right, and enter the code that the app shows now."
                )
            )
        return code
