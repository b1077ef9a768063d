"""Setting the second factor up, keeping it, and losing it."""

import base64
import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from sorb.accounts import second_factor
from sorb.desk.models import Entry

from .conftest import code_of, try_password, wrong_code

STEP = "/admin/second-factor/"
SET_UP = "/admin/second-factor/set-up/"
KEEP = "/admin/second-factor/keep/"


def key_on(page: object) -> bytes:
    """The key as somebody would type it into an app."""
    text = re.search(r'<code class="key"[^>]*>([^<]+)</code>', page.content.decode()).group(1)
    return base64.b32decode(text.replace(" ", ""))


def first_code(page: object) -> str:
    return f"{totp(key_on(page)):06d}"


def codes_on(page: object) -> list[str]:
    return re.findall(r"<li><code>([0-9 ]+)</code></li>", page.content.decode())


def verified(name: str, phone: TOTPDevice) -> Client:
    client = Client()
    try_password(client, name)
    assert client.post(STEP, {"code": code_of(phone)}).status_code == 302
    return client


@pytest.mark.usefixtures("demanded")
def test_who_must_have_one_sets_it_up_at_the_first_sign_in(editor: User):
    client = Client()
    try_password(client, "radka")
    page = client.get(SET_UP, {"next": "/admin/news/article/"})

    done = client.post(SET_UP, {"code": first_code(page), "next": "/admin/news/article/"})

    assert len(codes_on(done)) == 8
    assert 'href="/admin/news/article/"' in done.content.decode()
    assert done.headers["Cache-Control"] == "no-store, private"
    assert client.get("/admin/news/article/").status_code == 200
    device = TOTPDevice.objects.get(user=editor)
    assert bytes.fromhex(device.key) == key_on(page)


@pytest.mark.usefixtures("demanded")
def test_the_first_code_cannot_be_used_again(editor: User):
    client = Client()
    try_password(client, "radka")
    code = first_code(client.get(SET_UP))
    client.post(SET_UP, {"code": code})

    thief = Client()
    try_password(thief, "radka")

    assert thief.post(STEP, {"code": code}).status_code == 200
    assert thief.get("/admin/").status_code == 302


@pytest.mark.usefixtures("demanded")
def test_recovery_codes_are_shown_once(editor: User):
    client = Client()
    try_password(client, "radka")
    page = client.get(SET_UP)
    form = {"code": first_code(page)}

    shown = codes_on(client.post(SET_UP, form))
    again = client.post(SET_UP, form, follow=True)

    assert len(shown) == 8
    assert codes_on(again) == []
    assert "second-factor/keep" in again.request["PATH_INFO"]


@pytest.mark.usefixtures("demanded")
def test_a_wrong_first_code_sets_nothing_up_and_keeps_the_key(editor: User):
    client = Client()
    try_password(client, "radka")
    before = client.get(SET_UP)
    page = client.post(SET_UP, {"code": wrong_code(TOTPDevice(key=key_on(before).hex()))})

    assert key_on(page) == key_on(before)
    assert "errorlist" in page.content.decode()
    assert (second_factor.is_kept(editor), client.get("/admin/").status_code) == (False, 302)


def test_the_picture_is_data_of_the_page(author: User):
    client = Client()
    try_password(client, "avtor")

    page = client.get(SET_UP)

    picture = re.search(
        r'class="qr" src="data:image/svg\+xml;base64,([^"]+)"', page.content.decode()
    )
    assert b"<svg" in base64.b64decode(picture.group(1))
    assert "<script>" not in page.content.decode()
    assert " style=" not in page.content.decode()


def test_the_password_alone_does_not_replace_a_second_factor(phone: TOTPDevice, editor: User):
    client = Client()
    try_password(client, "radka")

    answers = [client.get(SET_UP), client.post(SET_UP, {"code": "123456"})]

    assert [answer.url for answer in answers] == [KEEP, KEEP]
    assert client.get(KEEP).url == f"{STEP}?next=%2Fadmin%2Fsecond-factor%2Fkeep%2F"
    assert TOTPDevice.objects.get(user=editor) == phone


def test_it_is_switched_on_and_off_by_choice(author: User):
    client = Client()
    try_password(client, "avtor")
    page = client.get(SET_UP)
    client.post(SET_UP, {"code": first_code(page)})
    other = Client()
    asked = try_password(other, "avtor").url

    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        code = first_code(page)
        answer = client.post(KEEP, {"code": code, "action": "switch_off"})

    assert asked.startswith(STEP)
    assert (answer.url, second_factor.is_kept(author)) == (KEEP, False)
    assert client.get("/admin/").status_code == 200
    assert try_password(Client(), "avtor").url == "/admin/"


@pytest.mark.usefixtures("demanded")
def test_it_is_not_switched_off_where_it_is_demanded(phone: TOTPDevice, editor: User):
    client = verified("radka", phone)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        answer = client.post(KEEP, {"code": code_of(phone), "action": "switch_off"})

    assert answer.status_code == 200
    assert 'value="switch_off"' not in answer.content.decode()
    assert second_factor.is_kept(editor) is True


def test_changes_are_confirmed_by_a_code(phone: TOTPDevice, editor: User):
    client = verified("radka", phone)
    second_factor.new_recovery_codes(editor)
    before = {*second_factor.StaticToken.objects.values_list("token", flat=True)}

    for action in ("codes", "replace", "switch_off"):
        for code in ("", "12", wrong_code(phone)):
            client.post(KEEP, {"code": code, "action": action})

    assert {*second_factor.StaticToken.objects.values_list("token", flat=True)} == before
    assert TOTPDevice.objects.get(user=editor) == phone
    assert client.get(SET_UP).url == KEEP


def test_new_recovery_codes_void_the_earlier_ones(phone: TOTPDevice, editor: User, author: User):
    client = verified("radka", phone)
    old = second_factor.new_recovery_codes(editor)
    others = second_factor.new_recovery_codes(author)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        page = client.post(KEEP, {"code": code_of(phone), "action": "codes"})

    made = [code.replace(" ", "") for code in codes_on(page)]
    assert len(made) == 8
    assert second_factor.check(editor, made[0]).device is not None
    assert second_factor.check(editor, old[0]).device is None
    assert second_factor.recovery_codes_left(author) == len(others)


def test_the_old_phone_works_until_the_new_one_is_confirmed(phone: TOTPDevice, editor: User):
    client = verified("radka", phone)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        answer = client.post(KEEP, {"code": code_of(phone), "action": "replace"})
        page = client.get(answer.url)
        kept = TOTPDevice.objects.get(user=editor)
        client.post(SET_UP, {"code": first_code(page)})

    assert (answer.url, kept) == (SET_UP, phone)
    assert TOTPDevice.objects.get(user=editor).key == key_on(page).hex()
    assert client.get("/admin/").status_code == 200


def test_leave_to_move_to_another_phone_runs_out(phone: TOTPDevice):
    client = verified("radka", phone)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        client.post(KEEP, {"code": code_of(phone), "action": "replace"})
    with time_machine.travel(timezone.now() + timedelta(minutes=17)):
        answer = client.get(SET_UP)

    assert answer.url == KEEP


def test_a_superuser_takes_a_lost_one_away_and_the_log_tells(
    phone: TOTPDevice, editor: User, chief: User
):
    theirs = verified("radka", phone)
    client = Client()
    try_password(client, "glaven")
    form = client.get(f"/admin/auth/user/{editor.pk}/change/").content.decode()
    address = f"/admin/auth/user/{editor.pk}/second-factor/"

    assert client.get(address).status_code == 200
    answer = client.post(address)

    assert f'href="{address}"' in form
    assert answer.url == f"/admin/auth/user/{editor.pk}/change/"
    assert second_factor.is_kept(editor) is False
    assert theirs.get("/admin/").url == "/admin/login/?next=/admin/"
    entry = Entry.objects.filter(action="second_factor").get()
    assert (entry.user, entry.object_id, entry.name) == (chief, editor.pk, "radka")


def test_nobody_else_takes_a_second_factor_away(phone: TOTPDevice, editor: User, chief: User):
    keeper = User.objects.create_user("otdel", is_staff=True)
    keeper.groups.add(Group.objects.get(name="administrator"))
    own = TOTPDevice.objects.create(user=chief, name="app")
    tries = [(keeper, editor), (editor, editor), (chief, chief)]
    statuses = []
    for who, whose in tries:
        client = Client()
        client.force_login(who)
        session = client.session
        device = TOTPDevice.objects.filter(user=who).first()
        session["otp_device_id"] = device.persistent_id if device else ""
        session.save()
        statuses.append(client.post(f"/admin/auth/user/{whose.pk}/second-factor/").status_code)

    assert statuses == [403, 403, 403]
    assert {*TOTPDevice.objects.all()} == {phone, own}


def test_the_secrets_of_devices_have_no_page(chief: User):
    client = Client()
    client.force_login(chief)

    for address in ("otp_totp/totpdevice", "otp_static/staticdevice", "axes/accessattempt"):
        assert client.get(f"/admin/{address}/").status_code == 404
