"""The second step of signing in: who owes it, what is closed until then, what passes it."""

from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from sorb.accounts import second_factor
from sorb.desk.models import Entry
from tests.factories import make_article

from .conftest import code_of, try_password, wrong_code

STEP = "/admin/second-factor/"
CLOSED = [
    "/admin/",
    "/admin/news/article/",
    "/admin/news/article/add/",
    "/admin/sections/",
    "/admin/jsi18n/",
    "/admin/autocomplete/",
    "/admin/password_change/",
    "/admin/desk/presence/",
    "/admin/media/image/picker/",
    "/admin/second-factor/keep/",
    "/admin/nowhere/",
]


def half(name: str = "radka", following: str = "/admin/") -> Client:
    """A browser in which the password was given and nothing more."""
    client = Client()
    assert try_password(client, name).url == f"{STEP}?next={quote(following, safe='')}"
    return client


def give(client: Client, code: str, following: str = "/admin/") -> object:
    return client.post(STEP, {"code": code, "next": following})


def test_the_password_leads_to_the_step_and_the_code_to_the_admin(phone: TOTPDevice):
    client = half()

    page = client.get(f"{STEP}?next=/admin/news/article/")
    answer = give(client, code_of(phone), "/admin/news/article/")

    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store, private")
    assert (answer.status_code, answer.url) == (302, "/admin/news/article/")
    assert client.get("/admin/news/article/").status_code == 200


@pytest.mark.parametrize("address", CLOSED)
@pytest.mark.parametrize("method", ["get", "post"])
def test_until_then_every_address_of_the_admin_leads_to_the_step(
    phone: TOTPDevice, address: str, method: str
):
    client = half()

    answer = getattr(client, method)(address)

    assert (answer.status_code, answer.url) == (302, f"{STEP}?next={quote(address, safe='')}")


def test_until_then_one_is_a_stranger_to_every_other_page(phone: TOTPDevice):
    draft = make_article(status="draft", published_at=None)
    client = half()

    session = client.get("/admin/desk/session/").json()
    page = client.get(draft.get_absolute_url())

    assert (session["signed_in"], session["user"]) == (False, None)
    assert page.status_code == 404


def test_the_sign_in_page_leads_to_the_step_too(phone: TOTPDevice):
    answer = half().get("/admin/login/?next=/admin/news/article/")

    assert answer.url == f"{STEP}?next=%2Fadmin%2Fnews%2Farticle%2F"


@pytest.mark.parametrize(
    "following", ["//evil.example", "https://evil.example/", "/\\evil.example"]
)
def test_the_step_leads_to_this_site_alone(phone: TOTPDevice, following: str):
    answer = give(half(), code_of(phone), following)

    assert answer.url == "/admin/"


def test_the_step_makes_a_new_session(phone: TOTPDevice):
    client = half()
    before = client.session.session_key

    give(client, code_of(phone))

    assert client.session.session_key != before
    assert client.session.exists(before) is False


def test_a_code_is_accepted_once(phone: TOTPDevice):
    code = code_of(phone)
    give(half(), code)

    again = half()
    answer = give(again, code)

    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert again.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    "code", ["", "12345", "1234567", "абвгде", "٠١٢٣٤٥", "-12345", "1e5000", "0" * 5000, "12\x0034"]
)
def test_what_is_no_code_is_refused_in_words_and_not_counted(phone: TOTPDevice, code: str):
    answer = give(half(), code)

    phone.refresh_from_db()
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert phone.throttling_failure_count == 0


def test_a_code_may_be_typed_in_groups(phone: TOTPDevice):
    code = code_of(phone)

    assert give(half(), f" {code[:3]} {code[3:]} ").status_code == 302


def test_wrong_codes_slow_down_and_say_how_long(phone: TOTPDevice):
    client = half()
    begun = timezone.now()
    with time_machine.travel(begun, tick=False) as clock:
        statuses = []
        for _number in range(5):
            statuses.append(give(client, wrong_code(phone)).status_code)
            clock.shift(timedelta(minutes=1))
        last = give(client, wrong_code(phone))
        refused = give(client, code_of(phone))

    assert (statuses, last.status_code) == ([200] * 5, 200)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "32")
    assert "32" in refused.context["form"].errors["code"][0]
    assert client.get("/admin/").status_code == 302


def test_somebody_elses_code_is_nothing(phone: TOTPDevice, author: User):
    other = TOTPDevice.objects.create(user=author, name="app")

    assert give(half(), code_of(other)).status_code == 200


def test_a_recovery_code_opens_once_and_is_not_kept_as_it_is(phone: TOTPDevice, editor: User):
    codes = second_factor.new_recovery_codes(editor)
    first = give(half(), codes[0])
    second = give(half(), codes[0])
    third = give(half(), f"{codes[1][:4]} {codes[1][4:8]} {codes[1][8:]}")

    stored = second_factor.StaticToken.objects.values_list("token", flat=True)
    assert (first.status_code, second.status_code, third.status_code) == (302, 200, 429)
    assert len({*codes}) == 8
    assert not {*codes} & {*stored}
    assert second_factor.recovery_codes_left(editor) == 7


def test_another_account_can_be_chosen_at_the_step(phone: TOTPDevice):
    client = half()

    assert client.get("/admin/second-factor/cancel/").status_code == 405
    answer = client.post("/admin/second-factor/cancel/")

    assert answer.url == "/admin/login/"
    assert client.get("/admin/login/").status_code == 200


def test_who_has_no_business_at_the_step_is_led_on(phone: TOTPDevice):
    stranger = Client()

    assert stranger.get(STEP).url == "/admin/"
    assert stranger.post(STEP, {"code": code_of(phone)}).url == "/admin/"
    assert stranger.get(f"{STEP}set-up/").url == "/admin/login/"


@pytest.mark.usefixtures("demanded")
def test_it_is_demanded_of_superusers_and_of_whoever_may_publish(
    editor: User, author: User, chief: User
):
    single = User.objects.create_user("edin", is_staff=True)
    single.user_permissions.add(Permission.objects.get(codename="publish_event"))

    demanded = [second_factor.is_demanded(user) for user in (editor, author, chief, single)]

    assert demanded == [True, False, True, True]


def test_it_is_demanded_of_nobody_where_it_is_off(editor: User, chief: User):
    assert [second_factor.is_demanded(user) for user in (editor, chief)] == [False, False]


@pytest.mark.usefixtures("demanded")
def test_who_may_not_publish_signs_in_by_password_alone(author: User):
    client = Client()

    assert try_password(client, "avtor").url == "/admin/"
    assert client.get("/admin/").status_code == 200


@pytest.mark.usefixtures("demanded")
def test_a_session_from_before_it_was_demanded_must_take_the_step(author: User):
    client = Client()
    try_password(client, "avtor")

    author.user_permissions.add(Permission.objects.get(codename="publish_article"))

    answer = client.get("/admin/news/article/")
    assert answer.url == f"{STEP}?next=%2Fadmin%2Fnews%2Farticle%2F"


@pytest.mark.usefixtures("demanded")
def test_who_has_none_yet_is_led_to_setting_it_up(editor: User):
    client = half()

    answer = client.get(f"{STEP}?next=/admin/news/article/")

    assert (
        answer.url == f"{reverse('admin:second_factor_set_up')}?next=%2Fadmin%2Fnews%2Farticle%2F"
    )


def test_a_device_taken_from_the_account_verifies_nothing(phone: TOTPDevice):
    client = half()
    give(client, code_of(phone))

    phone.delete()

    assert client.get("/admin/").url == f"{STEP}?next=%2Fadmin%2F"


def test_the_log_tells_of_the_step_and_never_of_a_code(phone: TOTPDevice, editor: User):
    codes = second_factor.new_recovery_codes(editor)
    client = half()
    wrong, right = wrong_code(phone), codes[3]
    give(client, wrong)
    give(client, right)

    lines = [(entry.action, entry.user, entry.address) for entry in Entry.objects.order_by("pk")]
    told = " ".join(f"{entry.words} {entry.name}" for entry in Entry.objects.all())

    assert lines == [
        ("sign_in_failed", editor, "127.0.0.1"),
        ("signed_in", editor, "127.0.0.1"),
    ]
    assert [code in told for code in (wrong, right)] == [False, False]
    assert all(entry.words for entry in Entry.objects.all())
