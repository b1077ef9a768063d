"""Static files of apps, without what CKEditor brings and this site never asks for."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.core.files.storage import Storage

LANGUAGES = "bg|en"
PLUGINS = (
    "a11yhelp|autolink|clipboard|dialog|divarea|image2|lineutils|link|notification|"
    "pastefromgdocs|pastefromlibreoffice|pastefromword|pastetools|table|tableselection|"
    "tabletools|widget"
)
WANTED = re.compile(
    rf"""ckeditor/(?:
        ckeditor-init\.js | fixups\.js | ckeditor\.css
      | ckeditor/(?:
            ckeditor\.js | LICENSE\.md
          | lang/(?:{LANGUAGES})\.js
          | plugins/icons(?:_hidpi)?\.png
          | plugins/(?:{PLUGINS})/(?!(?:.*/)?lang/).*
          | plugins/(?:{PLUGINS})/(?:.*/)?lang/(?:{LANGUAGES})\.js
          | skins/moono-lisa/(?!.*_ie\w*\.css).*
          | vendor/.*
        )
    )\Z""",
    re.VERBOSE,
)


def is_wanted(path: str) -> bool:
    path = path.replace("\\", "/")
    return not path.startswith("ckeditor/") or WANTED.match(path) is not None


class UsedFilesFinder(AppDirectoriesFinder):
    def find_in_app(self, app: str, path: str) -> Any:
        return super().find_in_app(app, path) if is_wanted(path) else None

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for path, storage in super().list(ignore_patterns):
            if is_wanted(path):
                yield path, storage
