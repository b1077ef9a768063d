"""Who gets what answer at every address of the admin: one table, and nothing beside it.

The resolver says which addresses there are; one that the table does not know fails. Every cell is
asked for: by GET, and by a POST that would do what the page is for. An answer that refuses must
have changed nothing.
"""

import json
import uuid
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.db.transaction import atomic, set_rollback
from django.http import QueryDict
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.resolvers import RoutePattern

from events.admin.beside import shown
from events.admin.importing import plan_of
from events.admin.later_ones import LaterForm
from events.admin.repeating import RepeatForm
from events.importing.taking import Choices, Taken, entries
from events.models import Import
from sorb.desk import history, merging
from sorb.desk.models import Revision
from tests.admin.conftest import in_role, make_user, signed_in
from tests.events.importing.calendars import calendar, vevent
from tests.factories import (
    PDF,
    make_article,
    make_category,
    make_document,
    make_event,
    make_event_type,
    make_image,
    make_organization,
    make_series,
    make_speaker,
    make_topic,
    make_venue,
    photo,
)

ROLES = ("anonymous", "staff", "author", "editor", "translator", "administrator", "superuser")
MISSING = 999_999
LOGIN = "/admin/login/"
# What the forms of all things with names need; those with rows inside of them need more
FORM = {
    "title_bg": "Сменено",
    "name_bg": "Сменено",
    "name": "smeneno",
    "town_bg": "Сменено",
    "kind": "non_profit",
    "colour": "#1e5b4f",
    "order": "1",
    "focal_x": "50",
    "focal_y": "50",
}
LEFT_OUT = {"django_session", "django_migrations", "django_content_type", "auth_permission"}

# What the models of the admin are in the table; one that is not here has no rows there
KINDS = {
    "news_article": "content",
    "events_event": "content",
    "events_series": "named",
    "events_speaker": "named",
    "events_organization": "named",
    "events_venue": "named",
    "publishing_topic": "named",
    "news_category": "settings",
    "events_eventtype": "settings",
    "media_image": "file",
    "media_document": "file",
    "auth_user": "user",
    "auth_group": "group",
    "desk_entry": "log",
}

# Each answer is a status, or "login": the way to the page for signing in. "+" says that the request
# has done something; every other request must leave the database as it was. "which" is the thing
# that the address names: one of one's own, a draft of another's, a public one, one that never was;
# "here" where it does not matter whose it is, "-" where nothing is named.
TABLE = """
# address            method which             anonymous staff author editor translator admin. super
sections             both   -                 login     200   200    200    200        200    200
desk_session         GET    -                 200       200   200    200    200        200    200
desk_session         POST   -                 405       405   405    405    405        405    405
desk_presence        GET    -                 login     405   405    405    405        405    405
desk_presence        POST   -                 login     403   200+   200+   200+       200+   200+
desk_deleted         GET    -                 login     403   200    200    403        200    200
desk_deleted         POST   -                 login     405   405    405    405        405    405
desk_deleted_item    GET    own               login     403   200    200    403        403    200
desk_deleted_item    GET    others            login     403   403    200    403        403    200
desk_deleted_item    both   missing           login     403   404    404    403        404    404
desk_deleted_item    POST   own               login     403   302+   302+   403        403    302+
desk_deleted_item    POST   others            login     403   403    302+   403        403    302+
index                both   -                 login     200   200    200    200        200    200
second_factor        both   -                 302       302   302    302    302        302    302
second_factor_cancel GET    -                 405       405   405    405    405        405    405
second_factor_cancel POST   -                 login     login login  login  login      login  login
second_factor_keep   both   -                 login     200   200    200    200        200    200
second_factor_set_up both   -                 login     200   200    200    200        200    200
password_reset       GET    -                 200       200   200    200    200        200    200
password_reset       POST   -                 302+      302+  302+   302+   302+       302+   302+
password_reset_done  GET    -                 200       200   200    200    200        200    200
password_reset_done  POST   -                 405       405   405    405    405        405    405
password_reset_confirm both -                 200       200   200    200    200        200    200
desk_translations    GET    -                 login     403   403    200    200        403    200
desk_translations    POST   -                 login     405   405    405    405        405    405
login                GET    -                 200       302   302    302    302        302    302
login                POST   -                 200       200   200    200    200        200    200
logout               GET    -                 302       405   405    405    405        405    405
logout               POST   -                 302       200+  200+   200+   200+       200+   200+
password_change      both   -                 login     200   200    200    200        200    200
password_change_done GET    -                 login     200   200    200    200        200    200
password_change_done POST   -                 login     405   405    405    405        405    405
autocomplete         GET    -                 login     403   200    200    200        200    200
autocomplete         POST   -                 login     405   405    405    405        405    405
jsi18n               GET    -                 login     200   200    200    200        200    200
jsi18n               POST   -                 login     405   405    405    405        405    405
content_preview      GET    own,public        login     403   200    200    200        200    200
content_preview      GET    others            login     403   403    200    200        200    200
content_preview      GET    missing           login     403   404    404    404        404    404
content_preview      POST   any               login     405   405    405    405        405    405
content_share        GET    own,public        login     403   200    200    200        200    200
content_share        GET    others            login     403   403    200    200        200    200
content_share        both   missing           login     403   404    404    404        404    404
content_share        POST   own               login     403   302+   302+   403        403    302+
content_share        POST   others,public     login     403   403    302+   403        403    302+
content_compare      GET    own,public        login     403   200    200    200        200    200
content_compare      GET    others            login     403   403    200    200        200    200
content_compare      GET    missing           login     403   404    404    404        404    404
content_compare      POST   any               login     405   405    405    405        405    405
content_revision     GET    own,public        login     403   200    200    200        200    200
content_revision     GET    others            login     403   403    200    200        200    200
content_revision     GET    missing           login     403   404    404    404        404    404
content_revision     POST   any               login     405   405    405    405        405    405
content_restore      GET    own               login     403   200    200    403        403    200
content_restore      GET    others,public     login     403   403    200    403        403    200
content_restore      both   missing           login     403   404    404    404        404    404
content_restore      POST   own               login     403   302+   302+   403        403    302+
content_restore      POST   others,public     login     403   403    302+   403        403    302+
content_changelist   GET    -                 login     403   200    200    200        200    200
content_changelist   POST   -                 login     403   200    302+   200        200    302+
content_add          both   -                 login     403   200    200    403        403    200
content_import       both   -                 login     403   200    200    403        403    200
content_import_confirm GET  -                 login     405   405    405    405        405    405
content_import_confirm POST -                 login     403   302+   302+   403        403    302+
content_import_progress GET  own            login     403   200    200    403        403    200
content_import_progress POST own            login     403   302+   302+   403        403    302+
content_import_progress both others,public,missing login 403 404   404    403        403    404
content_clashes      GET    -                 login     403   200    200    403        403    200
content_clashes      POST   -                 login     405   405    405    405        405    405
content_copy         GET    own,public        login     403   200    200    403        403    200
content_copy         GET    others            login     403   403    200    403        403    200
content_copy         both   missing           login     403   404    404    403        403    404
content_copy         POST   own,public        login     403   302+   302+   403        403    302+
content_copy         POST   others            login     403   403    302+   403        403    302+
content_repeat       GET    own               login     403   200    200    403        403    200
content_repeat       GET    others,public     login     403   403    200    403        403    200
content_repeat       both   missing           login     403   404    404    403        403    404
content_repeat       POST   own               login     403   302+  302+  403        403    302+
content_repeat       POST   others,public     login     403   403    302+  403        403    302+
content_later        GET    own               login     403   200    200    403        403    200
content_later        GET    others,public     login     403   403    200    403        403    200
content_later        both   missing           login     403   404    404    403        403    404
content_later        POST   own               login     403   302+  302+  403        403    302+
content_later        POST   others,public     login     403   403    302+  403        403    302+
content_history      both   own,public        login     403   200    200    200        200    200
content_history      both   others            login     403   403    200    200        200    200
content_history      both   missing           login     403   404    404    404        404    404
content_delete       GET    own,others,public login     403   403    200    403        403    200
content_delete       both   missing           login     403   403    302    403        403    302
content_delete       POST   own,others,public login     403   403    302+   403        403    302+
content_change       GET    own,public        login     403   200    200    200        200    200
content_change       GET    others            login     403   403    200    200        200    200
content_change       GET    missing           login     403   302    302    302        302    302
content_change       POST   own               login     403   200    200    403        403    200
content_change       POST   others,public     login     403   403    200    403        403    200
content_change       POST   missing           login     403   302    302    403        403    302
content_redirect     both   any               login     302   302    302    302        302    302
content_translate    GET    own,others,public login     403   403    200    200        403    200
content_translate    both   missing           login     403   403    404    404        403    404
content_what_changed GET    own,others        login     403   403    302    403        403    302
content_what_changed GET    public            login     403   403    200    403        403    200
content_what_changed both   missing           login     403   403    404    403        403    404
content_what_changed POST   own,others        login     403   403    302    403        403    302
content_what_changed POST   public            login     403   403    302+   403        403    302+
content_translate    POST   own,others,public login     403   403    302+   302+       403    302+
settings_compare     GET    here              login     403   200    200    200        200    200
settings_compare     GET    missing           login     403   404    404    404        404    404
settings_compare     POST   any               login     405   405    405    405        405    405
settings_revision    GET    here              login     403   200    200    200        200    200
settings_revision    GET    missing           login     403   404    404    404        404    404
settings_revision    POST   any               login     405   405    405    405        405    405
settings_restore     GET    here              login     403   403    403    403        200    200
settings_restore     both   missing           login     403   404    404    404        404    404
settings_restore     POST   here              login     403   403    403    403        302+   302+
settings_changelist  both   -                 login     403   200    200    200        200    200
settings_add         GET    -                 login     403   403    403    403        200    200
settings_add         POST   -                 login     403   403    403    403        302+   302+
settings_history     both   here              login     403   200    200    200        200    200
settings_history     both   missing           login     403   404    404    404        404    404
settings_delete      both   here              login     403   403    403    403        200    200
settings_delete      both   missing           login     403   403    403    403        302    302
settings_change      GET    here              login     403   200    200    200        200    200
settings_change      GET    missing           login     403   302    302    302        302    302
settings_change      POST   here              login     403   403    403    403        302+   302+
settings_change      POST   missing           login     403   403    403    403        302    302
settings_redirect    both   any               login     302   302    302    302        302    302
named_compare        GET    here              login     403   200    200    200        200    200
named_compare        GET    missing           login     403   404    404    404        404    404
named_compare        POST   any               login     405   405    405    405        405    405
named_revision       GET    here              login     403   200    200    200        200    200
named_revision       GET    missing           login     403   404    404    404        404    404
named_revision       POST   any               login     405   405    405    405        405    405
named_restore        GET    here              login     403   403    200    403        403    200
named_restore        both   missing           login     403   404    404    404        404    404
named_restore        POST   here              login     403   403    302+   403        403    302+
named_changelist     GET    -                 login     403   200    200    200        200    200
named_changelist     POST   -                 login     403   200    302+   200        200    302+
named_add            GET    -                 login     403   403    200    403        403    200
named_add            POST   -                 login     403   403    302+   403        403    302+
named_history        both   here              login     403   200    200    200        200    200
named_history        both   missing           login     403   404    404    404        404    404
named_delete         GET    here              login     403   403    200    403        403    200
named_delete         both   missing           login     403   403    302    403        403    302
named_delete         POST   here              login     403   403    302+   403        403    302+
named_change         GET    here              login     403   200    200    200        200    200
named_change         GET    missing           login     403   302    302    302        302    302
named_change         POST   here              login     403   403    302+   403        403    302+
named_change         POST   missing           login     403   403    302    403        403    302
named_merge          GET    here              login     403   403    200    403        403    200
named_merge          both   missing           login     403   403    404    403        403    404
named_merge          POST   here              login     403   403    302+   403        403    302+
named_unmerge        GET    here              login     403   403    200    403        403    200
named_unmerge        both   missing           login     403   403    404    403        403    404
named_unmerge        POST   here              login     403   403    302+   403        403    302+
named_redirect       both   any               login     302   302    302    302        302    302
user_password_change GET    here              login     403   403    403    403        200    200
user_password_change GET    superuser         login     403   403    403    403        403    200
user_password_change both   missing           login     403   403    403    403        404    404
user_password_change POST   here              login     403   403    403    403        302+   302+
user_password_change POST   superuser         login     403   403    403    403        403    302+
user_changelist      GET    -                 login     403   403    403    403        200    200
user_changelist      POST   -                 login     403   403    403    403        200    302+
user_add             both   -                 login     403   403    403    403        200    200
user_history         both   here,superuser    login     403   403    403    403        200    200
user_history         both   missing           login     302   302    302    302        302    302
user_delete          GET    here,superuser    login     403   403    403    403        403    200
user_delete          both   missing           login     403   403    403    403        403    302
user_delete          POST   here,superuser    login     403   403    403    403        403    302+
user_change          GET    here,superuser    login     403   403    403    403        200    200
user_change          both   missing           login     403   403    403    403        302    302
user_change          POST   here              login     403   403    403    403        200    200
user_change          POST   superuser         login     403   403    403    403        403    200
user_second_factor   GET    here,superuser    login     403   403    403    403        403    200
user_second_factor   both   missing           login     403   403    403    403        403    404
user_second_factor   POST   here,superuser    login     403   403    403    403        403    302+
user_redirect        both   any               login     302   302    302    302        302    302
group_changelist     GET    -                 login     403   403    403    403        200    200
group_changelist     POST   -                 login     403   403    403    403        200    302+
group_add            GET    -                 login     403   403    403    403        403    200
group_add            POST   -                 login     403   403    403    403        403    302+
group_history        both   here              login     403   403    403    403        200    200
group_history        both   missing           login     302   302    302    302        302    302
group_delete         GET    here              login     403   403    403    403        403    200
group_delete         both   missing           login     403   403    403    403        403    302
group_delete         POST   here              login     403   403    403    403        403    302+
group_change         GET    here              login     403   403    403    403        200    200
group_change         GET    missing           login     403   403    403    403        302    302
group_change         POST   here              login     403   403    403    403        403    302+
group_change         POST   missing           login     403   403    403    403        403    302
group_redirect       both   any               login     302   302    302    302        302    302
file_upload          GET    -                 login     405   405    405    405        405    405
file_upload          POST   -                 login     403   200+   200+   403        403    200+
file_describe        GET    any               login     405   405    405    405        405    405
file_describe        POST   here              login     403   403    200+   403        403    200+
file_describe        POST   missing           login     403   404    404    403        403    404
file_picker          GET    -                 login     403   200    200    200        200    200
file_picker          POST   -                 login     405   405    405    405        405    405
file_compare         GET    here              login     403   200    200    200        200    200
file_compare         GET    missing           login     403   404    404    404        404    404
file_compare         POST   any               login     405   405    405    405        405    405
file_revision        GET    here              login     403   200    200    200        200    200
file_revision        GET    missing           login     403   404    404    404        404    404
file_revision        POST   any               login     405   405    405    405        405    405
file_restore         GET    here              login     403   403    200    403        403    200
file_restore         both   missing           login     403   404    404    404        404    404
file_restore         POST   here              login     403   403    302+   403        403    302+
file_changelist      GET    -                 login     403   200    200    200        200    200
file_changelist      POST   -                 login     403   200    302+   200        200    302+
file_add             both   -                 login     403   200    200    403        403    200
file_history         both   here              login     403   200    200    200        200    200
file_history         both   missing           login     403   404    404    404        404    404
file_delete          GET    here              login     403   403    200    403        403    200
file_delete          both   missing           login     403   403    302    403        403    302
file_delete          POST   here              login     403   403    302+   403        403    302+
file_change          GET    here              login     403   200    200    200        200    200
file_change          GET    missing           login     403   302    302    302        302    302
file_change          POST   here              login     403   403    302+   403        403    302+
file_change          POST   missing           login     403   403    302    403        403    302
file_redirect        both   any               login     302   302    302    302        302    302
log_changelist       both   -                 login     403   403    200    403        200    200
app_list             both   -                 login     404   200    200    200        200    200
anything_else        both   -                 login     404   404    404    404        404    404
"""


def rows() -> dict[tuple[str, str, str], dict[str, str]]:
    """The table: what each role gets, by name, method and which thing."""
    found = {}
    for line in TABLE.strip().splitlines()[1:]:
        name, methods, whiches, *cells = line.split()
        for method in ("GET", "POST") if methods == "both" else (methods,):
            for which in whiches.split(","):
                found[name, method, which] = dict(zip(ROLES, cells, strict=True))
    return found


def patterns() -> Iterator[tuple[str, str, URLPattern]]:
    """(name in the table, route, pattern) of every address below admin/."""
    (under,) = [each for each in get_resolver().url_patterns if str(each.pattern) == "admin/"]
    yield from walk(under.url_patterns, "/admin/")


def walk(found: list[Any], route: str) -> Iterator[tuple[str, str, URLPattern]]:
    for each in found:
        whole = route + str(each.pattern)
        if isinstance(each, URLPattern):
            yield row_name(each, whole), whole, each
        else:
            yield from walk(each.url_patterns, whole)


def kind_of(route: str) -> str:
    """ "news_article" of every address of the admin of articles; "" of others."""
    parts = route.split("/")
    kind = "_".join(parts[2:4])
    registered = {f"{m._meta.app_label}_{m._meta.model_name}" for m in admin.site._registry}
    return kind if kind in registered else ""


def row_name(pattern: URLPattern, route: str) -> str:
    kind = kind_of(route)
    if not kind:
        return pattern.name or "anything_else"
    tail = (pattern.name or f"{kind}_redirect").removeprefix(f"{kind}_")
    return f"{KINDS.get(kind, kind)}_{tail}"


class Desk:
    """Somebody of a role, and one thing of every kind to ask for."""

    def __init__(self, role: str) -> None:
        colleague = in_role("editor", "kolega")
        self.client = Client() if role == "anonymous" else signed_in(self.user_in(role))
        self.client.raise_request_exception = False
        self.user = User.objects.filter(username=role).first()
        self.things: dict[tuple[str, str], Any] = {
            ("events_series", "here"): make_series(),
            ("events_speaker", "here"): make_speaker(),
            ("events_organization", "here"): make_organization(),
            ("events_venue", "here"): make_venue(),
            ("publishing_topic", "here"): make_topic(),
            ("news_category", "here"): make_category(),
            ("events_eventtype", "here"): make_event_type(),
            ("media_image", "here"): make_image(),
            ("media_document", "here"): make_document(),
            ("auth_user", "here"): colleague,
            ("auth_user", "superuser"): User.objects.create_superuser("glaven"),
            ("auth_group", "here"): Group.objects.get(name="author"),
        }
        for kind, make in (("news_article", make_article), ("events_event", make_event)):
            self.things[kind, "own"] = make(status="draft", created_by=self.user)
            self.things[kind, "others"] = make(status="draft", created_by=colleague)
            self.things[kind, "public"] = make(created_by=colleague)
        self.revisions = {key: self.changed_once(thing) for key, thing in self.things.items()}
        self.merges = {kind: self.merged_once(kind) for kind in ("speaker", "organization")}
        self.doubles = {"speaker": make_speaker(), "organization": make_organization()}
        self.deleted = {
            "own": self.deleted_revision(self.user),
            "others": self.deleted_revision(colleague),
        }
        whose = {"own": self.user, "others": colleague}
        self.imports = {which: self.import_of(user) for which, user in whose.items() if user}
        self.before = checksum()

    def user_in(self, role: str) -> User:
        if role == "superuser":
            return User.objects.create_superuser(role)
        return make_user(role) if role == "staff" else in_role(role, role)

    def changed_once(self, thing: models.Model) -> int:
        """The key of a revision that is not what the thing is now."""
        history.note_as_found(thing)
        for name in ("title_bg", "name_bg"):
            if hasattr(thing, name):
                setattr(thing, name, f"{getattr(thing, name)}, по-късно")
                thing.save()
        return Revision.objects.about(thing).latest("pk").pk

    def deleted_revision(self, author: User | None) -> int:
        article = make_article(status="draft", created_by=author)
        history.deleted(article, author)
        revision = Revision.objects.about(article).latest("pk").pk
        article.delete()
        return revision

    def merged_once(self, kind: str) -> int:
        """The key of a merge that can be undone."""
        make = {"speaker": make_speaker, "organization": make_organization}[kind]
        with atomic():
            return merging.merge(self.things[f"events_{kind}", "here"], make(), self.user).pk

    def which(self, name: str, kind: str, takes: list[str]) -> list[str]:
        """The words for the things that an address can be asked for."""
        if name == "desk_deleted_item":
            return ["own", "others", "missing"]
        if not takes or not kind:
            return ["-"]
        return [*(which for of, which in self.things if of == kind), "missing"]

    def address(self, name: str, kind: str, which: str, pattern: URLPattern, route: str) -> str:
        if not kind and not pattern.name:
            return "/admin/nowhere/"
        pk = getattr(self.things.get((kind, which)), "pk", MISSING)
        if not kind and name == "desk_deleted_item":
            pk = self.deleted.get(which, MISSING)
        if not pattern.name:
            return route.replace("<path:object_id>", str(pk))
        revision = self.revisions.get((kind, which), MISSING)
        known = {"pk": pk, "object_id": pk, "id": pk, "revision_pk": revision, "language": "bg"}
        known["merge_pk"] = self.merges.get(kind.removeprefix("events_"), MISSING)
        known["number"] = self.imports.get(which, MISSING)
        known |= {"app_label": "news", "uidb64": "MQ", "token": "no-token"}
        address = reverse(
            f"admin:{pattern.name}", kwargs={one: known.get(one, MISSING) for one in parts(pattern)}
        )
        return address + self.query(name, revision)

    def query(self, name: str, revision: int) -> str:
        if name == "autocomplete":
            return "?app_label=news&model_name=article&field_name=event"
        return f"?old={revision}&new={revision}" if name.endswith("_compare") else ""

    def body(self, name: str, kind: str, which: str) -> dict[str, Any]:
        """What does something at an address, for whoever may."""
        thing = self.things.get((kind, which))
        here = next((each for (of, _which), each in self.things.items() if of == kind), None)
        tail = name.partition("_")[2]
        if tail == "changelist":
            chosen = getattr(here, "pk", MISSING)
            return {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
        if tail == "merge":
            double = self.doubles[kind.removeprefix("events_")]
            versions = {"version": getattr(thing, "version", ""), "other_version": double.version}
            return {"other": double.pk, **versions}
        if tail == "upload":
            sent = {"media_image": ("new.png", photo((32, 21), kind="PNG"))}
            file = sent.get(kind, ("new.pdf", PDF.replace(b"Count 0", b"Count  0")))
            return {"file": SimpleUploadedFile(*file)}
        if tail in {"repeat", "later"} and thing is not None:
            return self.confirmed(tail, thing)
        if tail == "import_confirm":
            return self.looked_through()
        known = {
            "delete": {"post": "yes"},
            "share": {"language": "bg"},
            "copy": {"title_bg": "Копие", "start_day": "12.02.2030"},
            "restore": {"version": getattr(thing, "version", "")},
            "translate": {
                "_done": "1",
                "title_en": "Changed",
                "version": f"{getattr(thing, 'version', '')}.0",
            },
            "what_changed": {
                "_confirm": "1",
                "kind": "cancelled",
                "state_note_bg": "Отменя се",
                "version": getattr(thing, "version", ""),
            },
            "reset": {"email": "somebody@example.org"},
            "describe": {"alternative_bg": "Друго", "alternative_en": "Another"},
            "password_change": {"password1": "Dalga-Parola-77", "password2": "Dalga-Parola-77"},
        }
        return known.get(tail, FORM)

    def confirmed(self, tail: str, event: Any) -> dict[str, Any]:
        """What the page shows first, and what is chosen of it then."""
        typed = {"step": "days", "days": "12.02.2030", "series_bg": "Поредица"}
        chosen = {"day": "2030-02-12"}
        if tail == "later":
            typed = {"scope": "one", "what": "cancel", "state_note_bg": "Отменя се"}
            chosen = {"edition": event.pk, f"version-{event.pk}": event.version}
        data = QueryDict(mutable=True)
        data.update(typed)
        form = LaterForm(data) if tail == "later" else RepeatForm(data, event=event)
        return {**typed, **chosen, "shown": shown(form), "_save": "1"}

    def ask(self, method: str, name: str, kind: str, which: str, address: str) -> str:
        """The answer as the table writes it, but for its "+"."""
        if method == "GET":
            response = self.client.get(address)
        elif name == "desk_presence":
            response = self.client.post(address, self.question(), "application/json")
        else:
            response = self.client.post(address, self.body(name, kind, which))
        goes_to_login = response.status_code == 302 and response["Location"].startswith(LOGIN)
        return "login" if goes_to_login else str(response.status_code)

    def ask_and_take_back(self, *asked: str) -> str:
        """The answer with its "+": whether the database differs from what it was."""
        cookies = self.client.cookies.copy()
        with atomic():
            answer = self.ask("POST", *asked)
            has_changed = checksum() != self.before
            set_rollback(True)
        self.client.cookies = cookies
        return answer + "+" * has_changed

    def import_of(self, user: User) -> int:
        """The number of an import that is not done yet."""
        kind = self.things["events_eventtype", "here"]
        found = entries(calendar(vevent(dtstart="20990103T100000", dtend="")))["events"]
        choices = vars(Choices(kind.pk))
        return Import.objects.create(user=user, choices=choices, entries=found, total=1).pk

    def looked_through(self) -> dict[str, str]:
        """What the page before the import holds: a calendar that was looked through."""
        kind = self.things["events_eventtype", "here"]
        taken = Taken(calendar(vevent(dtstart="20990103T100000", dtend="")), "", Choices(kind.pk))
        return {"taken": taken.kept(), "digest": plan_of(taken, self.user).digest}

    def question(self) -> str:
        pk = str(self.things["news_article", "public"].pk)
        asked = {"app_label": "news", "model": "article", "pk": pk, "token": str(uuid.uuid4())}
        return json.dumps(asked)


def parts(pattern: URLPattern) -> list[str]:
    """The names of what an address takes."""
    if isinstance(pattern.pattern, RoutePattern):
        return list(pattern.pattern.converters)
    return list(pattern.pattern.regex.groupindex)


def checksum() -> list[Any]:
    """What the tables hold, all but the sessions: how many rows, and a digest of them."""
    tables = sorted(set(connection.introspection.table_names()) - LEFT_OUT)
    counted = " UNION ALL ".join(
        f"SELECT '{table}', count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t"
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{counted} ORDER BY 1")  # parts of a union come in any order
        return cursor.fetchall()


@pytest.mark.parametrize("role", ROLES)
def test_every_address_of_the_admin_answers_each_role_as_the_table_says(role):
    table, desk = rows(), Desk(role)

    wrong = []
    for name, route, pattern in patterns():
        kind = kind_of(route)
        for which in desk.which(name, kind, parts(pattern)):
            address = desk.address(name, kind, which, pattern, route)
            for method in ("GET", "POST"):
                row = table.get((name, method, which), table.get((name, method, "any"), {}))
                expected = row.get(role, "no row")
                asked = (name, kind, which, address)
                does_something = method == "POST" and expected.endswith(("+", "no row"))
                ask = desk.ask_and_take_back if does_something else partial(desk.ask, method)
                if (answer := ask(*asked)) != expected:
                    wrong.append(f"{method} {address} ({name}, {which}): {answer}, not {expected}")
        if checksum() != desk.before:
            wrong.append(f"{name}: a request that must change nothing has changed something")
            break

    assert wrong == []


def test_the_table_has_no_row_for_an_address_that_is_gone():
    names = {name for name, _route, _pattern in patterns()}

    assert sorted({name for name, _method, _which in rows()} - names) == []
