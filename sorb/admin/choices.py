"""What was chosen on the page of a conflict, and rows that others deleted or that are not ours."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import QueryDict

from sorb.desk.snapshot import row_relations

PREFIX = "choice-"


def chosen(data: QueryDict, whose: str) -> set[str]:
    """The names of the differences for which "mine" or "theirs" was chosen."""
    return {
        name.removeprefix(PREFIX)
        for name, value in data.items()
        if name.startswith(PREFIX) and value == whose
    }


def with_rows_that_are_there(data: QueryDict, item: Any) -> QueryDict:
    """What was sent, where rows that somebody deleted meanwhile are rows to be made anew.

    Raises:
        PermissionDenied: a row of another item was sent.
    """
    made = data.copy()
    for prefix, relation in row_relations(type(item)).items():
        forms = _forms(made, prefix)
        ids = _ids(forms)
        owner = relation.remote_field.name
        owners = dict(
            relation.related_model._base_manager.filter(pk__in=ids.values()).values_list(
                "pk", f"{owner}_id"
            )
            if ids
            else ()
        )
        named = {value for fields in forms.values() for value in fields.get(owner, ()) if value}
        if named - {str(item.pk)} or set(owners.values()) - {item.pk}:
            raise PermissionDenied
        _renumber(made, prefix, forms, {number for number, pk in ids.items() if pk in owners})
    return made


def _forms(data: QueryDict, prefix: str) -> dict[int, dict[str, list[str]]]:
    pattern = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,4}})-(\w+)")
    forms: dict[int, dict[str, list[str]]] = {}
    for name in data:
        if match := pattern.fullmatch(name):
            forms.setdefault(int(match[1]), {})[match[2]] = data.getlist(name)
    return forms


def _ids(forms: dict[int, dict[str, list[str]]]) -> dict[int, int]:
    return {
        number: int(fields["id"][-1])
        for number, fields in forms.items()
        if fields.get("id") and re.fullmatch("[0-9]{1,18}", fields["id"][-1])
    }


def _renumber(
    data: QueryDict, prefix: str, forms: dict[int, dict[str, list[str]]], there: set[int]
) -> None:
    """Number the forms anew when a row of theirs is gone: those that are there come first."""
    gone = set(_ids(forms)) - there
    if not gone:
        return
    new = [number for number in sorted(forms) if number not in there]
    for number, fields in forms.items():
        for name in fields:
            del data[f"{prefix}-{number}-{name}"]
    for place, number in enumerate([*sorted(there), *new]):
        fields = forms[number] | ({"id": [""]} if number in gone else {})
        for name, values in fields.items():
            data.setlist(f"{prefix}-{place}-{name}", values)
    data[f"{prefix}-INITIAL_FORMS"] = str(len(there))
