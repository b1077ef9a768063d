"""The real page of what is not public: for staff, and by a link for people without an account."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sorb.desk.models import Entry, PreviewLink
from tests.admin.filling import filled
from tests.factories import make_article, make_event, make_image

STATES = {
    "draft": {"status": "draft", "published_at": None},
    "in review": {"status": "in_review"},
    "scheduled": {"published_at": timezone.now() + timedelta(days=3)},
    "withdrawn": {"status": "withdrawn"},
    "expired": {
        "published_at": timezone.now() - timedelta(days=2),
        "withdrawn_at": timezone.now() - timedelta(days=1),
    },
    "published": {},
}


def preview_of(item, language):
    kind = item._meta
    name = f"admin:{kind.app_label}_{kind.model_name}_preview"
    return reverse(name, args=[item.pk, language])


def link_to(item, **fields):
    return PreviewLink.objects.create(**PreviewLink.of(item), language="bg", **fields)


@pytest.mark.parametrize("make", [make_article, make_event])
@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("state", STATES)
def test_staff_see_the_real_page_in_any_state_and_nothing_changes(
    editors_desk, client, make, language, state
):
    item = make(title_bg="Заглавие", title_en="Heading", **STATES[state])
    before = type(item).objects.values().get(pk=item.pk)

    answer = editors_desk.get(preview_of(item, language))

    html = answer.content.decode()
    assert answer.status_code == 200
    assert item.heading_in(language) in html
    assert "preview-bar" in html
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert type(item).objects.values().get(pk=item.pk) == before
    expected = 200 if state == "published" else 404
    assert client.get(item.get_absolute_url(language)).status_code == expected


def test_a_working_copy_has_its_own_preview(editors_desk, client):
    article = make_article(title_bg="Публикувано")
    address = reverse("admin:news_article_change", args=[article.pk])
    typed = filled(editors_desk.get(address), title_bg="Работно", _working="1")
    editors_desk.post(address, typed)

    assert "Работно" in editors_desk.get(preview_of(article, "bg")).content.decode()
    assert "Работно" not in client.get(article.get_absolute_url("bg")).content.decode()


def test_the_preview_of_anothers_draft_is_not_for_an_author(authors_desk, author, client):
    other, own = make_article(status="draft"), make_article(status="draft", created_by=author)

    assert authors_desk.get(preview_of(other, "bg")).status_code == 403
    assert authors_desk.get(preview_of(own, "bg")).status_code == 200
    assert client.get(preview_of(own, "bg")).status_code == 302
    missing = reverse("admin:news_article_preview", args=[10**9, "bg"])
    assert authors_desk.get(missing).status_code == 404


def test_a_link_is_made_works_without_an_account_and_is_recalled(editors_desk, client):
    article = make_article(title_bg="Чернова", status="draft", published_at=None)
    address = reverse("admin:news_article_share", args=[article.pk])
    editors_desk.post(address, {"language": "bg"})
    link = PreviewLink.objects.get()
    path = reverse("preview", args=[link.token])

    page = client.get(path)

    assert path in editors_desk.get(address).content.decode()
    assert page.status_code == 200
    assert "Чернова" in page.content.decode()
    assert {name: page[name] for name in ("Cache-Control", "Referrer-Policy")} == {
        "Cache-Control": "no-store, private",
        "Referrer-Policy": "no-referrer",
    }
    assert "noindex" in page["X-Robots-Tag"]
    assert not client.cookies
    editors_desk.post(address, {"recall": str(link.pk)})
    assert client.get(path).status_code == 404
    assert [entry.action for entry in Entry.objects.all()] == ["recalled", "shared"]


def test_a_link_has_enough_chance_and_lives_seven_days(client):
    article = make_article(status="draft")
    link = link_to(article)

    assert len(link.token) >= 32  # 192 bits, six a letter
    assert timedelta(days=6, hours=23) < link.expires_at - timezone.now() <= timedelta(days=7)
    old = link_to(article, expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(reverse("preview", args=[old.token])).status_code == 404
    assert client.get(reverse("preview", args=["A" * 32])).status_code == 404


def test_after_publishing_the_link_leads_to_the_page(client):
    article = make_article()
    link = link_to(article, expires_at=timezone.now() - timedelta(days=1))

    answer = client.get(reverse("preview", args=[link.token]))

    assert (answer.status_code, answer["Location"]) == (302, article.get_absolute_url("bg"))


def test_the_pictures_of_a_draft_are_seen_by_the_link_alone(client):
    article = make_article(status="draft", cover=make_image(), body_bg="")
    link = link_to(article)
    page = client.get(reverse("preview", args=[link.token])).content.decode()
    (path, given), *_others = re.findall(r"(/media/[^\s?\"]+)\?preview=([^\s\",]+)", page)
    other = make_image().file.url

    def status(address, **query):
        answer = client.head(address, query)
        return answer.status_code, answer.headers.get("Cache-Control", "")

    assert status(path)[0] == 404
    assert status(path, preview=given)[0] == 200
    assert {"private", "no-store"} <= set(status(path, preview=given)[1].split(", "))
    assert status(path, preview=link.token)[0] == 404
    assert status(other, preview=given)[0] == 404
    link.recalled_at = timezone.now()
    link.save()
    assert status(path, preview=given)[0] == 404


def test_the_link_of_what_was_deleted_leads_nowhere(client):
    article = make_article(status="draft")
    link = link_to(article)
    article.delete()

    assert client.get(reverse("preview", args=[link.token])).status_code == 404


def test_an_author_makes_links_to_his_own_drafts_only(authors_desk, author):
    own, other = make_article(status="draft", created_by=author), make_article(status="draft")

    for item, status in ((own, 302), (other, 403)):
        address = reverse("admin:news_article_share", args=[item.pk])
        assert authors_desk.post(address, {"language": "bg"}).status_code == status
    assert [link.item for link in PreviewLink.objects.all()] == [own]


def test_the_links_of_one_item_are_recalled_there_only(editors_desk):
    article, other = make_article(status="draft"), make_article(status="draft")
    link = link_to(other)

    address = reverse("admin:news_article_share", args=[article.pk])
    editors_desk.post(address, {"recall": str(link.pk)})

    link.refresh_from_db()
    assert link.recalled_at is None
