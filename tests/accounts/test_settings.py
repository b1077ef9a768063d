"""The settings of signing in: strict outside development, and nonsense refused."""

from tests.test_settings import COMPLETE, run


def printed(expression: str, **environment: str) -> str:
    code = f"from django.conf import settings as s; print({expression})"
    done = run(code, **{**COMPLETE, **environment})
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_a_second_factor_is_demanded_unless_it_is_switched_off():
    assert printed("s.SECOND_FACTOR") == "True"
    assert printed("s.SECOND_FACTOR", SECOND_FACTOR="False") == "False"
    assert printed("s.SECOND_FACTOR", SORB_ENV="development") == "False"


def test_letters_leave_by_the_named_server_and_without_one_not_at_all():
    server = "smtp+tls://sorb:secret@mail.example.org:587"
    words = "s.HAS_MAIL, s.EMAIL_BACKEND.split('.')[-2], s.EMAIL_HOST, s.EMAIL_PORT"

    assert printed(words, EMAIL_URL=server) == "True smtp mail.example.org 587"
    assert printed(words).startswith("False dummy")
    assert printed(words, SORB_ENV="development").startswith("True console")
    assert printed("s.DEFAULT_FROM_EMAIL") == "no-reply@www.example.org"


def test_nonsense_as_a_proxy_is_refused():
    assert "TRUSTED_PROXIES: 'proxy1'" in printed("s.TRUSTED_PROXIES", TRUSTED_PROXIES="proxy1")
    assert printed("len(s.TRUSTED_PROXIES)", TRUSTED_PROXIES="10.0.0.5, 2001:db8::/64") == "2"


def test_passwords_are_hashed_by_argon2():
    assert printed("s.PASSWORD_HASHERS[0].rsplit('.')[-1]") == "Argon2PasswordHasher"
