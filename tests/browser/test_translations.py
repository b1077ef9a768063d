"""The whole way of a translator in a real browser: the list, the form, unfinished, done, read."""

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Page, expect

from news.models import Article
from sorb.desk import history, roles, translating
from sorb.desk.models import Revision
from tests.browser.accessibility import violations
from tests.browser.conftest import PASSWORD
from tests.browser.keeping import sign_in, type_text, wait_until_kept
from tests.factories import make_article, make_event, make_image

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LONG = "Общинитесдружениетоипредставителите" * 4
LIST = "/admin/desk/translations/"


@pytest.fixture
def translator(transactional_db: None) -> User:
    roles.make()  # the set-up made them once; emptied tables have them no more
    user = User.objects.create_user("prevodach", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="translator"))
    return user


@pytest.fixture
def booth(page: Page, translator: User) -> Page:
    """The page, signed in as a translator."""
    sign_in(page, translator.username)
    return page


def changed_article(user: User) -> Article:
    """An article whose English was complete until its Bulgarian words changed."""
    article = make_article(
        title_bg="Срещата на кметовете ще е през май",
        title_en="The meeting of mayors will be in May",
        body_bg="<h2>Програма</h2><p>Ще се обсъди бюджетът.</p><ul><li>хляб</li></ul>",
    )
    article.gallery.create(image=make_image(), caption_bg="Залата", caption_en="The hall")
    history.record(article, user, Revision.Verb.CREATED)
    article.title_bg = "Срещата на кметовете ще е през юни"
    article.body_bg = f"<h2>Програма</h2><p>Ще се обсъди проектобюджетът. {LONG}</p>"
    article.save()
    history.record(article, user, Revision.Verb.CHANGED)
    return article


def form(article: Article) -> str:
    return f"/admin/news/article/{article.pk}/translate/"


def test_the_whole_way_of_a_translator(booth: Page):
    page = booth
    make_article(
        title_bg="Общините и водите", title_en="", lead_en="", body_en="", slug_bg="vodite"
    )
    page.locator("nav.menu").get_by_role("link", name="Преводи").click()
    expect(page.locator(".translations-row")).to_have_count(1)
    page.get_by_role("link", name="Общините и водите").click()

    page.fill("[name=title_en]", "Municipalities and waters")
    page.locator("[name=_keep]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto("/en/news/vodite/")
    expect(page.locator("h1")).to_have_text("Общините и водите")
    page.goto(LIST)
    expect(page.locator(".translations-draft")).to_be_visible()
    page.get_by_role("link", name="Общините и водите").click()
    expect(page.locator("[name=title_en]")).to_have_value("Municipalities and waters")
    page.fill("[name=lead_en]", "What was agreed.")
    type_text(page, "en", "The whole text.")
    page.locator("[name=_done]").click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator(".translations-row")).to_have_count(0)
    page.goto("/en/news/vodite/")
    expect(page).to_have_url(page.url.split("/en/")[0] + "/en/news/municipalities-and-waters/")
    expect(page.locator("h1")).to_have_text("Municipalities and waters")
    expect(page.locator("main")).to_contain_text("The whole text.")


def test_what_changed_is_marked_and_confirmed(booth: Page, translator: User):
    page, article = booth, changed_article(translator)
    page.goto(form(article))

    expect(page.locator(".translate-changed")).to_have_count(2)
    expect(page.locator(".translate-difference ins").first).to_contain_text("юни")
    page.fill("[name=title_en]", "The meeting of mayors will be in June")
    page.locator("[name=_done]").click()

    expect(page.locator(".list-empty")).to_be_visible()
    article.refresh_from_db()
    assert article.title_en == "The meeting of mayors will be in June"


def test_what_was_typed_stays_when_somebody_was_faster(booth: Page, translator: User):
    page, article = booth, changed_article(translator)
    page.goto(form(article))
    page.fill("[name=title_en]", "Mine")
    translating.keep(article, translator, {"title_en": "Theirs"}, None)

    page.locator("[name=_done]").click()

    expect(page.locator(".conflict")).to_be_visible()
    expect(page.locator("[name=title_en]")).to_have_value("Mine")
    expect(page.locator(".field-title_en .translate-other").first).to_contain_text("Theirs")
    page.locator("[name=_done]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    article.refresh_from_db()
    assert article.title_en == "Mine"


def test_a_closed_form_offers_what_was_typed(booth: Page, translator: User):
    page, article = booth, changed_article(translator)
    page.goto(form(article))
    page.fill("[name=title_en]", "Typed and forgotten")
    wait_until_kept(page, "Typed and forgotten")
    page.goto("/admin/")

    page.goto(form(article))
    page.locator("[data-keeping-restore]").click()

    expect(page.locator("[name=title_en]")).to_have_value("Typed and forgotten")


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_pages_fit_the_screen_and_break_no_rule(
    booth: Page, translator: User, width: int, scheme: str
):
    page, article = booth, changed_article(translator)
    event = make_event(title_bg=f"Дълго име {LONG}", title_en="")
    event.programme.create(starts_at=event.starts_at, title_bg="Откриване", text_bg=LONG)
    translating.keep(event, translator, {"title_en": LONG}, None)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    found: dict[str, list[str]] = {}

    for address in (LIST, form(article), f"/admin/events/event/{event.pk}/translate/", "/admin/"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        texts = page.locator("textarea[data-type=ckeditortype]").count()
        expect(page.locator(".cke_wysiwyg_div")).to_have_count(texts)
        for editor in page.locator(".cke_wysiwyg_div").all():
            expect(editor).to_have_attribute("role", "textbox")  # it has started
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        for violation in violations(page, rules=RULES):
            nodes = [node["html"][:160] for node in violation["nodes"]]
            found[f"{address} {violation['id']}"] = nodes

    assert not found, "\n".join(f"{where}: {nodes}" for where, nodes in found.items())
