"""Pictures and documents: brought, described, found again, replaced."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from sorb.media.models import Image
from tests.browser.carrying import carry

from . import content
from .walk import Walk

HEIC = b"\0\0\0\x18ftypheic" + b"\0" * 64
GALLERY = "#gallery-group"


def many_at_once(walk: Walk) -> None:
    window = walk.window
    content.category()
    for key in ("pic-01", "pic-02", "pic-03"):
        content.picture(key)
    author = walk.person("author", "Весела Рангелова", "Vesela Rangelova")
    draft = content.article("danube-report", status="draft", published_at=None, created_by=author)
    walk.sign_in(author)
    window.goto(content.form_of(draft))

    names = walk.told("Пристанището|Мостът", "The harbour|The bridge").split("|")
    files = [
        (f"{name}.jpg", content.drawn(key))
        for name, key in zip(names, ("pic-04", "pic-05"), strict=True)
    ]
    expect(walk.find(walk.word("choose files"), GALLERY)).to_be_visible()
    carry(window, f"{GALLERY} [data-drop]", [*files, ("IMG_0412.HEIC", HEIC)])
    panels = window.locator(f"{GALLERY} .describe")
    expect(panels).to_have_count(2)
    expect(window.locator(f"{GALLERY} .is-refused")).to_contain_text("HEIC")
    walk.show("upload", GALLERY)
    panels.first.locator("textarea[lang=bg]").fill("Пристанището във Видин, гледано от кея")
    panels.first.locator("textarea[lang=en]").fill("The harbour of Vidin, seen from the quay")
    panels.first.locator("textarea[lang=en]").blur()
    expect(panels.first.locator("[data-describe-status]")).not_to_be_empty()
    assert Image.objects.filter(alternative_en__startswith="The harbour of Vidin").count() == 1

    for place, name in enumerate(names):  # they arrive side by side, in any order
        arrived = timezone.now() + timedelta(seconds=len(names) - place)
        Image.objects.filter(original_name=f"{name}.jpg").update(uploaded_at=arrived)
    walk.press("choose from the library", GALLERY)
    expect(window.locator("dialog [data-image]")).to_have_count(5)
    walk.show("picker", "dialog .library-search", "dialog .library-grid")
    window.locator("dialog [data-image]").last.click()
    window.locator("[name=_save]").click()
    walk.expect_message()
    assert draft.gallery.count() == 3


def in_the_library(walk: Walk) -> None:
    window = walk.window
    shown = in_use(walk)
    walk.sign_in(walk.person("editor", "Румяна Халачева", "Rumyana Halacheva"))

    walk.press("images", "nav.menu")
    expect(window.locator("#changelist-filter")).to_contain_text(walk.word("Only in drafts"))
    walk.word("Lacking in Bulgarian")
    walk.word("Lacking in English")
    walk.show("library", "#changelist")
    walk.press("Not used", "#changelist-filter")
    expect(window.locator("#result_list tbody tr")).to_have_count(1)
    name = shown.title_bg if walk.language == "bg" else shown.title_en
    window.fill("#searchbar", name)
    walk.press("Find")
    expect(window.locator(".list-empty")).to_be_visible()

    window.goto(f"/admin/media/image/{shown.pk}/change/")
    window.locator("[data-focal] img").click(position={"x": 150, "y": 150})
    walk.show("focal-point", "[data-focal]")
    uses = window.locator("section", has=window.locator("#uses-heading"))
    expect(uses).to_contain_text(walk.word("Where it is used"))
    walk.show("uses", uses)
    replace(walk, shown)
    cannot_be_deleted(walk, shown)


def in_use(walk: Walk) -> Image:
    """A picture on the site and in a draft, beside others; one that nothing uses."""
    content.category()
    first, second, third, fourth = (content.picture(f"pic-0{number}") for number in (4, 1, 2, 3))
    content.article("tarnovo-participatory", cover=first)
    content.article("burgas-buses", status="draft", published_at=None, cover=first)
    content.article("danube-report", cover=second)
    content.article("energy-call", status="draft", published_at=None, cover=third)
    third.alternative_en = ""
    third.save(update_fields=["alternative_en"])
    assert Image.objects.unused().get() == fourth
    return first


def replace(walk: Walk, image: Image) -> None:
    before = image.file.name
    picture = {"name": "novo.jpg", "mimeType": "image/jpeg", "buffer": content.drawn("pic-05")}
    walk.window.set_input_files("[name=file]", picture)
    walk.window.locator("[name=_save]").click()
    walk.expect_message()
    image.refresh_from_db()
    assert image.file.name != before
    assert (image.focal_x, image.focal_y) != (50, 50)


def cannot_be_deleted(walk: Walk, image: Image) -> None:
    walk.window.goto(f"/admin/media/image/{image.pk}/delete/")
    expect(walk.window.locator("#deleted-objects li")).to_have_count(2)
    assert Image.objects.filter(pk=image.pk).exists()
