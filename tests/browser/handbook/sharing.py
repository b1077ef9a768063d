"""How an item looks before readers see it, and how somebody without an account may look."""

from playwright.sync_api import expect

from sorb.desk.models import PreviewLink

from . import content
from .walk import Walk

KEY = "danube-report"
TOKEN = "nO3vPzq0tBv7wJx5rYkH2mEaLs8dCfGu"  # in place of one that differs every time


def before_publishing(walk: Walk) -> None:
    window = walk.window
    author = walk.person("author", "Весела Рангелова", "Vesela Rangelova")
    content.category()
    draft = content.article(KEY, status="draft", published_at=None, created_by=author)
    walk.sign_in(author)
    window.goto(content.form_of(draft))

    look_at_it(walk)
    walk.press("Link for people without an account")
    for name in ("Български", "English"):
        expect(walk.find(walk.word("Make a link: %(language)s", language=name))).to_be_visible()
    own = walk.told("Български", "English")
    walk.press("Make a link: %(language)s", language=own)
    walk.expect_message()
    PreviewLink.objects.update(token=TOKEN)
    window.reload()
    walk.show("preview-link", "#content-main")

    assert look_as_a_stranger(walk) == 200
    window.goto(f"{content.form_of(draft)}../share/")
    walk.press("Recall")
    walk.expect_message()
    assert look_as_a_stranger(walk) == 404


def look_at_it(walk: Walk) -> None:
    walk.word("Preview: %(language)s", language=walk.told("English", "Български"))
    with walk.window.expect_popup() as opened:
        own = walk.told("Български", "English")
        walk.press("Preview: %(language)s", language=own)
    page = opened.value
    page.set_viewport_size({"width": 1024, "height": 900})
    expect(page.locator("h1")).to_have_text(content.text_of(KEY, "title", walk.language))
    walk.show("preview", page.locator(".preview-bar"), page.locator("h1"))
    page.close()


def look_as_a_stranger(walk: Walk) -> int:
    """What a browser without a session gets from the link."""
    browser = walk.window.context.browser
    assert browser is not None
    context = browser.new_context(base_url=walk.base)
    answer = context.new_page().goto(f"/preview/{TOKEN}/")
    assert answer is not None
    context.close()
    return answer.status
