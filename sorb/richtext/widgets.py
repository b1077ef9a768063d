"""The editor. Nothing outside of this module knows that it is CKEditor 4 (decision 0001)."""

from typing import Any

from ckeditor.widgets import CKEditorWidget, Script
from django.conf import settings
from django.forms import Media
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from . import policy
from .cleaning import editable

PICKER = "admin:media_image_picker"

# Whatever could run, be sent elsewhere or write what the sanitiser takes away again is left out
UNUSED_PLUGINS = (
    "wysiwygarea,exportpdf,scayt,wsc,flash,smiley,forms,iframe,preview,print,templates,save,newpage,"
    "language,about,bidi,div,colorbutton,colordialog,font,copyformatting,elementspath,uploadimage,"
    "uploadwidget,stylescombo,dialogadvtab,pagebreak,image,justify,magicline,sourcearea,showblocks,"
    "find,specialchar,liststyle,maximize,selectall,showborders,editorplaceholder"
)
TOOLBAR = [
    ["Format"],
    ["Bold", "Italic"],
    ["BulletedList", "NumberedList"],
    ["Link", "Unlink"],
    ["Table", "Blockquote", "Image"],
    ["PasteText", "RemoveFormat"],
    ["Undo", "Redo"],
]
CONFIG: dict[str, Any] = {
    "customConfig": "",
    "stylesSet": False,
    "versionCheck": False,
    "extraPlugins": "autolink,divarea,image2",
    "removePlugins": UNUSED_PLUGINS,
    "removeDialogTabs": "link:target;link:upload;link:advanced;image2:Upload",
    "toolbar": TOOLBAR,
    "format_tags": "p;h2;h3;h4",
    "entities": False,
    "clipboard_handleImages": False,
    "disableNativeSpellChecker": False,
    "linkDefaultProtocol": "https://",
    "width": "100%",
    "height": 360,
}


def allowed_content() -> str:
    """The sanitiser's list in CKEditor's words, so that an editor sees what will be stored."""
    rules = []
    for tag, names in policy.ATTRIBUTES.items():
        attributes = names | set(policy.CHOICES.get(tag, {}))
        rules.append(f"{tag}[{','.join(sorted(attributes))}]" if attributes else tag)
    return ";".join([*rules, "figure(image)"])  # a class of the editor's own, never stored


class RichTextWidget(CKEditorWidget):
    """A text area that becomes the editor. Without JavaScript it takes HTML or plain text."""

    @property
    def media(self) -> Media:
        start = Script(
            "ckeditor/ckeditor-init.js",
            **{
                "id": "ckeditor-init-script",
                "data-ckeditor-basepath": static("ckeditor/ckeditor/"),
            },
        )
        return Media(
            css={"all": ["ckeditor/ckeditor.css", "sorb/editor/editor.css"]},
            js=[
                start,
                "ckeditor/ckeditor/ckeditor.js",
                "ckeditor/fixups.js",
                "sorb/editor/editor.js",
            ],
        )

    def format_value(self, value: Any) -> str | None:
        # The editor itself runs what hostile rows hold: its own filter is no protection
        return editable(value) if value else None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        self.config = config_for(name)
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return context


def config_for(name: str) -> dict[str, Any]:
    """What the editor of the field of this name ("body_bg") is told."""
    config = CONFIG | {
        "defaultLanguage": settings.LANGUAGE_CODE,
        "contentsLanguage": language_of(name),
        "allowedContent": allowed_content(),
        "picturesFrom": settings.MEDIA_URL,
        "linkSchemes": sorted(policy.SCHEMES),
        "language": (get_language() or settings.LANGUAGE_CODE)[:2],
    }
    try:
        return config | {"filebrowserImageBrowseUrl": reverse(PICKER)}
    except NoReverseMatch:
        toolbar = [[button for button in group if button != "Image"] for group in TOOLBAR]
        return config | {"toolbar": toolbar}


def language_of(name: str) -> str:
    """In which language the words of a field are, by the end of its name."""
    ending = name.rpartition("_")[2]
    return ending if ending in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
