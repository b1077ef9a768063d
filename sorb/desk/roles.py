"""The roles of the desk: groups made by the set-up, with the permissions that this table says."""

from typing import Any

from django.apps import apps as installed
from django.utils.translation import gettext_lazy as _

AUTHOR, EDITOR, TRANSLATOR, ADMINISTRATOR = "author", "editor", "translator", "administrator"
LABELS = {
    AUTHOR: _("Author"),
    EDITOR: _("Editor"),
    TRANSLATOR: _("Translator"),
    ADMINISTRATOR: _("Administrator"),
}

CONTENT = ("news.article", "events.event")
NAMED = (
    "events.series",
    "events.speaker",
    "events.organization",
    "events.venue",
    "publishing.topic",
)
SETTINGS = ("news.category", "events.eventtype")
FILES = ("media.image", "media.document")

TABLE: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {
    AUTHOR: [
        (("view", "add", "change"), CONTENT),
        (("view",), (*NAMED, *SETTINGS)),
        (("view", "add"), FILES),
    ],
    EDITOR: [
        (("view", "add", "change", "delete", "publish", "translate"), CONTENT),
        (("view", "add", "change", "delete"), (*NAMED, *FILES)),
        (("view",), (*SETTINGS, "desk.entry")),
    ],
    TRANSLATOR: [
        (("view", "translate"), CONTENT),
        (("view",), (*NAMED, *SETTINGS, *FILES)),
    ],
    ADMINISTRATOR: [
        (("view",), (*CONTENT, *NAMED, *FILES, "desk.entry", "auth.group")),
        (("view", "add", "change", "delete"), SETTINGS),
        (("view", "add", "change"), ("auth.user",)),
    ],
}


def label(name: str) -> str:
    """A group's name as people here say it; groups of their own keep the name they gave."""
    return str(LABELS.get(name, name))


def codenames(role: str) -> set[tuple[str, str]]:
    """(app, codename) of the permissions of a role."""
    found = set()
    for verbs, models in TABLE[role]:
        for model in models:
            app, name = model.split(".")
            found |= {(app, f"{verb}_{name}") for verb in verbs}
    return found


def make(using: str = "default", apps: Any = installed, **kwargs: Any) -> None:
    """Makes the groups and puts their permissions right, after the last app has made its own."""
    try:
        group_model = apps.get_model("auth", "Group")
        permission = apps.get_model("auth", "Permission")
    except LookupError:
        return
    known = {
        (app, codename): pk
        for pk, app, codename in permission.objects.using(using).values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    for role in TABLE:
        group, _made = group_model.objects.using(using).get_or_create(name=role)
        group.permissions.set([known[key] for key in sorted(codenames(role)) if key in known])
