"""Hostile words in every text field, read in a real browser on every page that shows them.

No script runs, no request leaves, nothing stands in the page that our templates did not make, and
the words are there as they were typed.
"""

import uuid
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.admin import site
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from playwright.sync_api import Browser, Page, expect

from news.models import Article
from sorb.desk.models import OpenForm, PreviewLink
from tests.admin.filling import filled
from tests.factories import make_article, make_category, make_image, photo
from tests.hostile.site import HostileDesk, HostileSite
from tests.hostile.words import BREAKING, PAYLOADS, framed, hostile, marked, planted, told
from tests.richtext.payloads import EVIL

from .carrying import carry
from .keeping import ADD, RESTORE, open_form, wait_until_kept
from .test_publishing import show_both_languages
from .watching import Seen, Watch

ALL = set(range(len(PAYLOADS)))
LANGUAGES = ("bg", "en")
BAD = f"""
<p>Преди</p><img src="data:," onerror="alert(1)"><script>alert(2)</script>
<a href=" java&#9;script:alert(3)">l</a><img src="{EVIL}/x.gif"><iframe srcdoc="x"></iframe>
"""

EDITOR = ".field-body_bg .cke_wysiwyg_div"
EDIT = """
([way, html]) => {
    const editor = CKEDITOR.instances.id_body_bg;
    if (way === 'setData') {
        editor.setData(html);
        return;
    }
    editor.setData('');
    editor.focus();
    const dataTransfer = new CKEDITOR.plugins.clipboard.dataTransfer();
    editor.fire('paste', {type: 'html', method: 'paste', dataValue: html, dataTransfer});
}
"""


@pytest.fixture
def watch(page: Page, live_server: Any) -> Iterator[Watch]:
    """The page, watched; at the end nothing may have run or left."""
    watching = Watch(page, live_server.url)
    yield watching
    assert watching.noted == []


def troubles(seen: list[Seen]) -> list[str]:
    return [trouble for page in seen for trouble in page.troubles]


# The watch itself


def test_the_watch_sees_a_bad_page(browser: Browser, live_server: Any):
    context = browser.new_context()
    page = context.new_page()
    watch = Watch(page, live_server.url)

    page.set_content(BAD)
    seen = watch.look()
    context.close()

    assert sorted(watch.ran) == ["alert: 1", "alert: 2"]
    assert watch.asked == [f"{EVIL}/x.gif"]
    assert [element.partition(" ")[0] for element in seen.foreign] == [
        "<img",
        "<script>alert(2)</script>",
        "<a",
        "<img",
        "<iframe",
    ]


# Visitors


def test_hostile_words_are_but_words_on_every_list_of_the_site(watch: Watch):
    made = HostileSite()
    month, day = f"{made.day:%Y/%m}", f"{made.day:%Y/%m/%d}"
    pages = -(-(len(PAYLOADS) + 1) // 12)
    turned = range(1, pages + 1)
    lists = {
        "/bg/": ("/bg/",),
        "/bg/novini/": [f"/bg/novini/?page={number}" for number in turned],
        "/bg/sabitiya/": [f"/bg/sabitiya/?page={number}" for number in turned],
        "/bg/kalendar/": (f"/bg/kalendar/{month}/", f"/bg/kalendar/{day}/"),
        "/bg/organizatsii/": ("/bg/organizatsii/",),
    }

    seen = {name: [watch.open(address) for address in found] for name, found in lists.items()}

    assert troubles([page for found in seen.values() for page in found]) == []
    shown = {name: set().union(*(page.told for page in found)) for name, found in seen.items()}
    latest = shown.pop("/bg/")
    assert len(latest) >= 6
    assert shown == dict.fromkeys(shown, ALL)


def test_hostile_words_are_but_words_on_the_pages_of_things(watch: Watch):
    """Each is parsed by the browser; those that break out of titles and attributes are opened."""
    made = HostileSite()
    kinds = (made.articles, made.events, made.speakers, made.organizations, made.topics)
    wanted = {
        things[number].get_absolute_url(LANGUAGES[(number + place) % 2]): number
        for place, things in enumerate((*kinds, made.categories))
        for number in range(len(PAYLOADS))
        if number % 2 == place or number in BREAKING[place % 3 :: 3]
    }
    written = [item.get_absolute_url(code) for item in kinds[0] + kinds[1] for code in LANGUAGES]
    opened = [a for a, number in wanted.items() if number in BREAKING and a in written]
    watch.page.goto("/bg/")

    seen = [*watch.fetch(wanted), *map(watch.open, opened)]

    assert troubles(seen) == []
    shown = {page.address: page.told for page in seen}
    assert [address for address, number in wanted.items() if number not in shown[address]] == []
    framed = {page.address: page.framed for page in seen if page.address in written}
    assert framed == {a: {wanted[a]} for a in wanted if a in written}


# Staff


@pytest.fixture
def desk(watch: Watch, live_server: Any) -> Iterator[Client]:
    """A superuser with a hostile name: the client, whose session the watched page has as well."""
    names = hostile(User, BREAKING[0])
    names = {name: names[name] for name in ("first_name", "last_name")}
    client = Client()
    client.force_login(User.objects.create_superuser("glaven", **names))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    watch.page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    watch.page.goto("/admin/sections/")
    return client


def own(item: Any, page: str) -> str:
    kind = f"{item._meta.app_label}_{item._meta.model_name}"
    return reverse(f"admin:{kind}_{page}", args=[item.pk])


def test_hostile_words_are_but_words_on_every_list_of_the_desk(watch: Watch, desk: Client):
    HostileDesk()
    whole = {
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in site._registry
        if model is not Group
    }
    paged = {"/admin/media/image/picker/": 7, "/admin/desk/translations/": 7}
    paged["/admin/desk/deleted/"] = 7

    lists = {path: [watch.open(f"{path}?all=")] for path in sorted(whole)}
    for path, pages in paged.items():
        lists[path] = [watch.open(f"{path}?page={number + 1}") for number in range(pages)]
    others = [watch.open(path) for path in ("/admin/", "/admin/sections/")]

    assert troubles([page for found in lists.values() for page in found] + others) == []
    shown = {path: set().union(*(page.told for page in found)) for path, found in lists.items()}
    assert shown == dict.fromkeys(shown, ALL)


def test_hostile_words_are_but_words_on_the_forms_of_the_desk(watch: Watch, desk: Client):
    """Those that break out of titles and attributes, in the form and on the page that deletes."""
    made = HostileDesk()
    written = (made.articles, made.events)
    named = (made.speakers, made.organizations, made.venues, made.topics, made.categories)
    others = (made.types, made.images, made.documents, made.users)
    wanted = {
        own(things[number], page): number
        for place, things in enumerate((*written, *named, *others))
        for number in (BREAKING[place::2] if place < 2 else BREAKING[place % 5 :: 5])
        for page in ("change", "delete")
    }
    opened = [own(things[number], "change") for things in written for number in BREAKING[:3]]
    opened += [own(things[BREAKING[3]], "change") for things in (*named, *others)]

    seen = [*watch.fetch(wanted), *map(watch.open, opened)]

    assert troubles(seen) == []
    shown = {page.address: page.told for page in seen}
    assert [address for address, number in wanted.items() if number not in shown[address]] == []


def test_hostile_words_are_but_words_in_history_and_translation(watch: Watch, desk: Client):
    made = HostileDesk()
    article = made.articles[0]
    history = own(article, "history")
    pages = [f"{history}?page={number + 1}" for number in range(7)]
    wanted: dict[str, int] = {}
    for number in BREAKING:
        revision = made.revisions[number].pk
        wanted |= {
            f"{history}{revision}/": number,
            f"{history}{revision}/restore/": number,
            f"{history}compare/?old={made.plain.pk}&new={revision}": number,
            f"/admin/desk/deleted/{made.deleted[number].pk}/": number,
            own(made.articles[number], "translate"): number,
            own(made.events[number], "translate"): number,
            f"/admin/news/article/{made.articles[number].pk}/preview/bg/": number,
            f"/admin/events/event/{made.events[number].pk}/preview/en/": number,
            f"/admin/news/article/{made.articles[number].pk}/share/": number,
        }
    # Each payload on a third of the pages, each page with a third of the payloads
    kinds = 9
    turns = {address: divmod(place, kinds) for place, address in enumerate(wanted)}
    wanted = {a: n for a, n in wanted.items() if sum(turns[a]) % 3 == 0}
    opened = [address for address, (row, _kind) in turns.items() if row == 0]
    for item, language in ((made.articles[BREAKING[1]], "bg"), (made.events[BREAKING[2]], "en")):
        link = PreviewLink.objects.create(**made.about(item), language=language)
        opened.append(reverse("preview", args=[link.token]))

    listed = list(map(watch.open, pages))
    seen = [*watch.fetch(wanted), *map(watch.open, opened)]

    assert troubles([*listed, *seen]) == []
    assert set().union(*(page.told for page in listed)) == ALL
    shown = {page.address: page.told for page in seen}
    assert [address for address, number in wanted.items() if number not in shown[address]] == []


def test_hostile_questions_are_but_words(watch: Watch, desk: Client):
    """What is searched for stands in the field again; every one in a list."""
    lists = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model, options in site._registry.items()
        if options.search_fields
    ]
    lists += ["/admin/media/image/picker/"]
    wanted = {
        f"{path}?q={quote(marked(number, 100))}": number
        for place, path in enumerate(lists)
        for number in (ALL if path == "/admin/publishing/topic/" else BREAKING[place % 5 :: 5])
    }
    opened = list(wanted)[::60]

    seen = [*watch.fetch(wanted), *map(watch.open, opened)]

    assert opened
    assert troubles(seen) == []
    assert [
        page.address for page in seen[: len(wanted)] if wanted[page.address] not in page.told
    ] == []


def test_hostile_words_are_but_words_where_a_save_was_stopped(watch: Watch, desk: Client):
    """On the page of two versions, on the list of the gate, and with the errors of a form."""
    make_category()
    watch.page.goto("/admin/sections/")
    seen: list[Seen] = []
    numbers = [number for number in BREAKING[::2] for _answer in range(3)]
    for number in BREAKING[::2]:
        words = marked(number, 200)
        article = make_article(status="draft", published_at=None)
        address = own(article, "change")
        # The list of the gate quotes a heading that skips a level, and a link that leads nowhere
        text = PAYLOADS[number]
        body = f'<h4>{escape(text)}</h4><p><a href="/bg/{quote(text)}/">{escape(text)}</a></p>'
        form = filled(desk.get(address), title_bg=words, body_bg=body)
        late = form | {"version": ["0"], "form_token": [str(uuid.uuid4())]}
        Article.objects.filter(pk=article.pk).update(lead_bg=words, byline_bg=words)

        gate = desk.post(address, form | {"_publish": ["1"]})
        conflict = desk.post(address, late)
        errors = desk.post(address, late | {"title_bg": [words * 20], "slug_bg": [words]})

        assert [answer.status_code for answer in (gate, conflict, errors)] == [200, 409, 200]
        quoted = {finding.excerpt for finding in gate.context["findings"]} - {""}
        assert len(quoted) >= 2
        assert len(conflict.context["conflict"]) >= 3
        assert errors.context["errors"]
        pages = {"gate": gate, "conflict": conflict, "errors": errors}
        seen += [watch.parse(page.content.decode(), name) for name, page in pages.items()]
        assert [words for words in quoted if words not in seen[-3].words[-1]] == []

    assert troubles(seen) == []
    assert [n in page.told for n, page in zip(numbers, seen, strict=True)] == [True] * len(seen)


def test_a_conflict_of_hostile_words_is_shown_in_the_browser(watch: Watch, desk: Client):
    page, mine, theirs = watch.page, marked(BREAKING[1], 200), marked(BREAKING[3], 200)
    article = make_article()
    watch.open(own(article, "change"))
    Article.objects.filter(pk=article.pk).update(
        lead_bg=theirs, body_bg=framed(BREAKING[3]), version=article.version + 1
    )
    page.fill("[name=title_bg]", mine)

    page.locator("[name=_save]").click()
    expect(page.locator(".conflict")).to_be_visible()
    seen = watch.look()

    assert seen.troubles == []
    assert seen.told >= {BREAKING[1], BREAKING[3]}


def test_a_hostile_name_at_the_door_is_but_a_word(watch: Watch, page: Page):
    stranger = Client()
    seen = []
    watch.open("/admin/login/")
    for number in BREAKING:
        AccessAttempt.objects.all().delete()  # not to be refused for the many names
        typed = {"username": marked(number, 150), "password": marked(number, None)}
        way = quote(f"/{marked(number, None)}")
        answer = stranger.post(f"/admin/login/?next={way}", typed)
        seen.append(watch.parse(answer.content.decode(), f"sign-in {number}"))
    page.fill("[name=username]", marked(BREAKING[1], 150))
    page.fill("[name=password]", marked(BREAKING[1], None))
    page.click("[type=submit]")
    expect(page.locator(".errornote")).to_be_visible()
    shown = watch.look()

    assert troubles([*seen, shown]) == []
    assert [page.told for page in seen] == [{number} for number in BREAKING]
    assert shown.told == {BREAKING[1]}


def test_hostile_words_come_back_from_the_browser_as_words(watch: Watch, desk: Client):
    """What was kept of a form that was never saved, the name of a picture among it."""
    page = watch.page
    planted(make_image())
    fields = ("title_bg", "title_en", "lead_bg", "lead_en", "byline_bg", "byline_en")
    typed = {name: marked(n, 150) for name, n in zip(fields, BREAKING[1:], strict=False)}
    open_form(page, ADD)
    show_both_languages(page)
    for name, words in typed.items():
        page.fill(f"[name={name}]", words)
    page.locator(".field-cover [data-library]").click()
    page.locator("dialog [data-image]").nth(5).click()
    chosen = page.locator(".field-cover [data-picker-name]").inner_text()
    wait_until_kept(page, "byline_en")
    page.wait_for_timeout(1200)

    open_form(page, ADD)
    page.click(RESTORE)
    seen = watch.look()

    assert seen.troubles == []
    assert {name: page.input_value(f"[name={name}]") for name in typed} == typed
    assert page.locator(".field-cover [data-picker-name]").inner_text() == chosen
    assert told(chosen) <= seen.told


@pytest.mark.parametrize("way", ["setData", "paste"])
def test_hostile_texts_are_harmless_in_the_editor(watch: Watch, desk: Client, way: str):
    """Handlers in attributes may run in the pages of the desk: the editor itself must keep them
    out, whether they were kept in the browser or are pasted."""
    open_form(watch.page, ADD)

    seen = []
    for text in PAYLOADS:
        watch.page.evaluate(EDIT, [way, f"<p>Преди</p>{text}"])
        expect(watch.page.locator(EDITOR)).to_contain_text("Преди")
        seen.append(watch.look())

    assert troubles(seen) == []


def test_hostile_names_of_people_things_and_files_are_but_words_in_a_form(
    watch: Watch, desk: Client
):
    """Where scripts write them: who else is here, what is found, what was uploaded."""
    page, made = watch.page, HostileDesk()
    article = made.articles[BREAKING[0]]
    colleagues = [made.users[number] for number in BREAKING]
    colleagues.append(User.objects.create_user("dollar", first_name="$& $'", last_name="$` $1"))
    for user in colleagues:
        OpenForm.objects.create(**made.about(article), token=uuid.uuid4(), user=user)
    open_form(page, own(article, "change"))
    expect(page.locator("[data-presence-others] li")).to_have_count(len(colleagues))
    names = page.locator("[data-presence-others] li").all_inner_texts()
    texts = [PAYLOADS[n].replace("/", "") for n in BREAKING if not {'"', "\\"} & {*PAYLOADS[n]}]
    files = [f"{text}.jpg" for text in texts]
    pictures = [photo((64, 42), seed=seed) for seed in range(len(files))]
    carry(page, "#gallery-group [data-drop]", [*zip(files, pictures, strict=True)])
    expect(page.locator("#gallery-group [data-row]")).to_have_count(1 + len(files))
    carry(page, "#documents-group [data-drop]", [('"><img src=x onerror=alert(1)>.exe', b"MZ")])
    expect(page.locator("#documents-group .upload.is-refused strong")).to_be_visible()
    page.locator(".field-event .select2-selection").click()
    page.locator(".select2-search__field").last.fill("qz")
    expect(page.locator(".select2-results__option").nth(9)).to_be_visible()

    seen = watch.look()

    assert seen.troubles == []
    assert set(BREAKING) <= told(*names)
    assert "$& $' $` $1" in names[-1]
    assert len(told(*page.locator(".select2-results__option").all_inner_texts())) >= 10
    arrived = page.locator("#gallery-group [data-row] [data-row-name]").all_inner_texts()
    # Django reads the signs of HTML in the names of files
    assert arrived[1:] == [unescape(name.removesuffix(".jpg")) for name in files]
