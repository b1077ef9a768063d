"""What may stand after the "?": one declaration for the reader of it and for its description."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sorb.publishing.addresses import LANGUAGES, SOURCE

Schema = dict[str, Any]
Asked = dict[str, Any]

DAY = "^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
SLUG = "^[-a-zA-Z0-9_]+$"
# PostgreSQL knows no NUL; other control characters are nothing that a person looks for
WORDS = "^[^\\x00-\\x1f\\x7f-\\x9f]+$"
MOST_ON_A_PAGE, ON_A_PAGE, LAST_PAGE = 100, 20, 100_000


@dataclass(frozen=True)
class Parameter:
    """A parameter of a query.

    `schema` is JSON Schema 2020-12 and also what the site checks: enum, integers between
    `minimum` and `maximum`, or text by `minLength`, `maxLength` and `pattern`.
    """

    name: str
    meaning: str
    schema: Schema
    parse: Callable[[str], Any] = str

    def read(self, text: str) -> Any:
        """The value that a text means.

        Raises:
            ValueError: with words for what is wrong with it.
        """
        for refuse in (self._not_listed, self._no_number, self._no_such_text):
            if wrong := refuse(text):
                raise ValueError(wrong)
        try:
            return self.parse(text)
        except ValueError as error:
            raise ValueError(_("There is no such day.")) from error

    def _not_listed(self, text: str) -> str:
        known = self.schema.get("enum")
        if known is None or text in known:
            return ""
        return _("Must be one of: %(values)s.") % {"values": ", ".join(known)}

    def _no_number(self, text: str) -> str:
        if self.schema["type"] != "integer":
            return ""
        least, most = self.schema["minimum"], self.schema["maximum"]
        is_number = re.fullmatch("[1-9][0-9]{0,9}", text)
        if is_number and least <= int(text) <= most:
            return ""
        return _("Must be a whole number from %(least)s to %(most)s.") % {
            "least": least,
            "most": most,
        }

    def _no_such_text(self, text: str) -> str:
        if len(text) > self.schema.get("maxLength", len(text)):
            return _("Must have at most %(most)s characters.") % {"most": self.schema["maxLength"]}
        if re.search(self.schema.get("pattern", ""), text) and not text.endswith("\n"):
            return ""
        if self.schema.get("format") == "date":
            return _("Must be a day from 1900 to 2099, written like 2025-10-03.")
        return _("Has characters that cannot stand here, or none.")


def slug(name: str, meaning: str) -> Parameter:
    schema = {"type": "string", "minLength": 1, "maxLength": 80, "pattern": SLUG}
    return Parameter(name, meaning, schema)


def words(name: str, meaning: str) -> Parameter:
    schema = {"type": "string", "minLength": 1, "maxLength": 100, "pattern": WORDS}
    return Parameter(name, meaning, schema)


def day(name: str, meaning: str) -> Parameter:
    schema = {"type": "string", "format": "date", "pattern": DAY}
    return Parameter(name, meaning, schema, date.fromisoformat)


def choice(name: str, meaning: str, values: Sequence[str], **more: Any) -> Parameter:
    return Parameter(name, meaning, {"type": "string", "enum": list(values), **more})


def number(name: str, meaning: str, most: int, **more: Any) -> Parameter:
    schema = {"type": "integer", "minimum": 1, "maximum": most, **more}
    return Parameter(name, meaning, schema, int)


LANGUAGE = choice(
    "language",
    "Language of the words. What has none in it is told in Bulgarian, and says so.",
    LANGUAGES,
    default=SOURCE,
)
PAGING = (
    number("page", "Which page of the list.", LAST_PAGE, default=1),
    number("per_page", "How many on a page.", MOST_ON_A_PAGE, default=ON_A_PAGE),
)


class RefusedError(Exception):
    """The parameters cannot be understood: `errors` says what is wrong with each."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__(errors)
        self.errors = errors


def asked_for(request: HttpRequest, parameters: Sequence[Parameter]) -> Asked:
    """The values of the parameters that a request has, and the defaults of others.

    Raises:
        RefusedError: one is not known, stands twice, or cannot be understood.
    """
    known = {each.name: each for each in parameters}
    asked = {each.name: each.schema["default"] for each in parameters if "default" in each.schema}
    errors = []
    for name, given in request.GET.lists():
        try:
            asked[name] = _read(known.get(name), given)
        except ValueError as error:
            errors.append({"parameter": name[:100], "detail": str(error)})
    if errors:
        raise RefusedError(errors)
    return asked


def _read(parameter: Parameter | None, given: list[str]) -> Any:
    if parameter is None:
        raise ValueError(_("There is no such parameter."))
    if len(given) > 1:
        raise ValueError(_("May stand only once."))
    return parameter.read(given[0])
