"""Origins go into a security header: what a browser would not read as exactly one origin never gets there."""

import pytest

from lpcontext.accounts.errors import BadOrigin
from lpcontext.accounts.framing import framing_origins, may_frame
from lpcontext.accounts.models import Account
from lpcontext.accounts.origins import is_origin, read_origin


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://crm.example", "https://crm.example"),
        ("https://crm.example/", "https://crm.example"),
        (" HTTPS://CRM.Example ", "https://crm.example"),
        ("https://crm.example:443", "https://crm.example"),
        ("https://crm.example:8443", "https://crm.example:8443"),
        ("https://my--sandbox.lightning.force.com", "https://my--sandbox.lightning.force.com"),
        ("http://localhost:8100", "http://localhost:8100"),
        ("http://127.0.0.1:8100", "http://127.0.0.1:8100"),
        ("http://desk.localhost:80", "http://desk.localhost"),
        ("https://10.1.2.3", "https://10.1.2.3"),
    ],
)
def test_an_origin_is_kept_as_browsers_spell_it(typed: str, kept: str) -> None:
    assert kept == read_origin(typed)
    assert is_origin(kept)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "*",
        "https:",
        "https://",
        "crm.example",
        "//crm.example",
        "http://crm.example",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "https://*.crm.example",
        "https://crm.example/path",
        "https://crm.example?x",
        "https://crm.example#x",
        "https://user@crm.example",
        "https://crm.example:0",
        "https://crm.example:70000",
        "https://crm.example:",
        "https://crm..example",
        "https://-crm.example",
        "https://crm.example-",
        "https://crm_one.example",
        "https://crm.exämple",
        "https://" + "a" * 64 + ".example",
        "https://1.2",
        "https://127.1",
        "https://0x7f.1",
        "https://01.2.3.4",
        "https://[::1]",
        "https://crm.example; script-src *",
        "https://crm.example https://evil.example",
        "https://crm.example,https://evil.example",
        "https://crm.example\nX-Evil: 1",
        "'self'",
        "javascript:alert(1)",
        "data:text/html,x",
        "null",
    ],
)
def test_what_is_not_one_safe_origin_is_refused(typed: str) -> None:
    with pytest.raises(BadOrigin):
        read_origin(typed)

    assert not is_origin(typed)


@pytest.mark.parametrize("typed", ["https://inside.example/path", "http://inside.example", "https://inside-.example"])
def test_a_refusal_does_not_repeat_what_was_typed(typed: str) -> None:
    with pytest.raises(BadOrigin) as refused:
        read_origin(typed)

    assert "inside" not in str(refused.value)


def test_a_spelling_that_browsers_do_not_use_is_no_origin() -> None:
    assert not is_origin("HTTPS://crm.example")
    assert not is_origin("https://crm.example/")


def test_an_account_is_framed_by_its_origins_alone() -> None:
    account = Account(origins=["https://crm.example"])

    assert framing_origins(account) == ("https://crm.example",)
    assert may_frame(account, "https://crm.example")
    assert not may_frame(account, "https://crm.example.evil.example")
    assert not may_frame(account, "")


def test_nobody_frames_a_new_account() -> None:
    assert framing_origins(Account()) == ()


def test_rubbish_that_got_into_the_database_stays_out_of_the_header() -> None:
    account = Account(origins=["https://crm.example", "*", "https://a.example; script-src *", 7, None])

    assert framing_origins(account) == ("https://crm.example",)
