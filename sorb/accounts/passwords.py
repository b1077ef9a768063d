"""The rules of passwords, in the words of those who choose one."""

from django.contrib.auth import password_validation as rules
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SHORTEST = 12  # characters


class LongEnough(rules.MinimumLengthValidator):
    def __init__(self) -> None:
        super().__init__(min_length=SHORTEST)

    def get_error_message(self) -> str:
        return ngettext(
            "The password is too short: it needs at least %(count)d character.",
            "The password is too short: it needs at least %(count)d characters.",
            self.min_length,
        ) % {"count": self.min_length}

    def get_help_text(self) -> str:
        return ngettext(
            "At least %(count)d character. Three or four words that do not belong together are"
            " easy to remember; spaces and Cyrillic are welcome.",
            "At least %(count)d characters. Three or four words that do not belong together are"
            " easy to remember; spaces and Cyrillic are welcome.",
            self.min_length,
        ) % {"count": self.min_length}


class NotCommon(rules.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("This password is among those that are tried first. Choose another one.")

    def get_help_text(self) -> str:
        return _("None of the passwords that many people use: they are tried first.")


class NotOneself(rules.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("The password is too much like your name or e-mail address.")

    def get_help_text(self) -> str:
        return _("Not your name, user name or e-mail address.")


class NotJustDigits(rules.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return _("The password is made of digits alone. Add letters.")

    def get_help_text(self) -> str:
        return _("Not digits alone.")
