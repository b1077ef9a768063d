"""What a browser would send of a form as it was shown."""

from html.parser import HTMLParser

from django.http import HttpResponse

SILENT = {"submit", "button", "file", "image", "reset"}


class Fields(HTMLParser):
    """Collects the fields of the form that is saved; rows not yet made are no fields."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.is_inside = False
        self.templates = 0
        self.text: tuple[str, list[str]] | None = None
        self.select: tuple[str, bool, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.is_inside = (given.get("id") or "").endswith("_form")
        elif tag == "template":
            self.templates += 1
        elif self.is_inside and not self.templates:
            self._take(tag, given)

    def _take(self, tag: str, given: dict[str, str | None]) -> None:
        name = given.get("name") or ""
        if tag == "input" and name and given.get("type") not in SILENT:
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                unsaid = "on" if given.get("type") == "checkbox" else ""
                self.fields.setdefault(name, []).append(given.get("value") or unsaid)
        elif tag == "textarea":
            self.text = (name, [])
        elif tag == "select":
            self.select = (name, "multiple" in given, [])
        elif tag == "option" and self.select:
            self._choose("selected" in given, given.get("value") or "")

    def _choose(self, is_selected: bool, value: str) -> None:
        """Of a list of one choice the first is sent when none is selected."""
        _name, is_multiple, chosen = self.select
        if is_selected and not is_multiple:
            chosen[:] = [value]
        elif is_selected or not (is_multiple or chosen):
            chosen.append(value)

    def handle_data(self, data: str) -> None:
        if self.text:
            self.text[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.templates -= 1
        elif tag == "textarea" and self.text:
            self.fields.setdefault(self.text[0], []).append("".join(self.text[1]).lstrip("\n"))
            self.text = None
        elif tag == "select" and self.select:
            self.fields.setdefault(self.select[0], []).extend(self.select[2])
            self.select = None


def filled(answer: HttpResponse, **typed: object) -> dict[str, list[str]]:
    """The fields of a form as shown, with some of them typed anew (None: left out)."""
    parser = Fields()
    parser.feed(answer.content.decode())
    fields = dict(parser.fields)
    for name, value in typed.items():
        if value is None:
            fields.pop(name, None)
        else:
            fields[name] = [str(v) for v in value] if isinstance(value, list) else [str(value)]
    return fields


def errors_of(answer: HttpResponse) -> dict[str, list[str]]:
    """The errors of the form and of its rows, by the names of the fields."""
    found = dict(answer.context["adminform"].form.errors)
    for rows in answer.context["inline_admin_formsets"]:
        for form in rows.formset.forms:
            found |= {f"{form.prefix}-{name}": words for name, words in form.errors.items()}
    return {name: list(words) for name, words in found.items()}
