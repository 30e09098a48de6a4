"""`lpcontext up` lets this machine read the metrics where nobody else can come, and says no where a proxy may stand."""

from __future__ import annotations

import pytest

from lpcontext.cli.stack import Stack


@pytest.mark.parametrize(
    ("host", "public_url", "setting", "word"),
    [
        ("127.0.0.1", "", None, "yes"),
        ("localhost", "", None, "yes"),
        ("::1", "http://localhost:8000", None, "yes"),
        ("127.0.0.1", "", "no", "no"),
        ("127.0.0.1", "https://panel.example", None, "no"),
        ("127.0.0.1", "https://panel.example", "yes", "yes"),
        ("0.0.0.0", "", None, "no"),  # noqa: S104 - compared, not bound
        ("0.0.0.0", "", "yes", "no"),  # noqa: S104 - compared, not bound
        ("10.0.0.7", "", "yes", "no"),
    ],
)
def test_who_may_read_them(
    host: str, public_url: str, setting: str | None, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LPCONTEXT_METRICS_LOCAL", raising=False)
    if setting:
        monkeypatch.setenv("LPCONTEXT_METRICS_LOCAL", setting)
    extra = {"LPCONTEXT_PUBLIC_URL": public_url} if public_url else {}

    assert Stack(host=host, port=8000, extra=extra).metrics_local == word
