import pytest
from django.apps import apps
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

EDITOR = "ckeditor/ckeditor"


@pytest.mark.parametrize(
    "path",
    [
        "ckeditor/ckeditor-init.js",
        f"{EDITOR}/ckeditor.js",
        f"{EDITOR}/lang/bg.js",
        f"{EDITOR}/plugins/image2/lang/bg.js",
        f"{EDITOR}/plugins/link/dialogs/link.js",
        f"{EDITOR}/plugins/pastefromword/filter/default.js",
        f"{EDITOR}/skins/moono-lisa/dialog.css",
        "admin/css/base.css",
        "sorb/editor/editor.js",
    ],
)
def test_what_is_used_is_found(path: str) -> None:
    assert finders.find(path) is not None


@pytest.mark.parametrize(
    "path",
    [
        f"{EDITOR}/lang/de.js",
        f"{EDITOR}/plugins/image2/lang/de.js",
        f"{EDITOR}/plugins/codesnippetgeshi/plugin.js",
        f"{EDITOR}/plugins/iframe/dialogs/iframe.js",
        f"{EDITOR}/plugins/scayt/dialogs/options.js",
        f"{EDITOR}/plugins/preview/preview.html",
        f"{EDITOR}/skins/moono/editor.css",
        f"{EDITOR}/adapters/jquery.js",
        f"{EDITOR}/samples/index.html",
        "ckeditor/galleriffic/js/jquery.galleriffic.js",
        "ckeditor/file-icons/pdf.png",
    ],
)
def test_what_is_not_used_is_neither_found_nor_served(client: Client, path: str) -> None:
    assert finders.find(path) is None
    assert client.get(f"/static/{path}").status_code == 404


def test_the_editor_brings_few_files() -> None:
    listed = [
        path
        for finder in finders.get_finders()
        for path, _ in finder.list([])
        if path.startswith("ckeditor/")
    ]

    assert f"{EDITOR}/ckeditor.js" in listed
    assert len(listed) < 120


def test_the_editors_own_upload_is_mounted_nowhere(client: Client) -> None:
    def views(patterns: list[URLPattern | URLResolver]) -> list[str]:
        return [
            name
            for pattern in patterns
            for name in (
                views(pattern.url_patterns)
                if isinstance(pattern, URLResolver)
                else [pattern.callback.__module__]
            )
        ]

    modules = views(get_resolver().url_patterns)

    assert not apps.is_installed("ckeditor_uploader")
    assert "news.views" in modules
    assert [module for module in modules if module.startswith("ckeditor")] == []
    assert client.post("/ckeditor/upload/").status_code == 404
