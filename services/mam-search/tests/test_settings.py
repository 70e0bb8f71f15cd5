"""Settings that cannot work together are reported at the start."""

import pytest
from mam_search.settings import MamSearchSettings
from shared.chassis.settings import SettingsProblem

COMPLETE = {
    "DATABASE_URL": "postgresql://mam_search:secret@postgres:5432/gapless",
    "NATS_URL": "nats://mam_search:secret@nats:4222",
    "SECRET_KEY": "s" * 32,
    "MAM_SESSION": "the-session-of-the-api",
    "MAM_PROXY": "socks5h://me:password-of-the-proxy@gluetun:1080",
}


@pytest.mark.parametrize("name", ["MAM_BROWSER_SESSION", "MAM_PASSWORD"])
def test_a_proxy_that_the_browser_cannot_use_is_reported_at_the_start(name: str) -> None:
    with pytest.raises(SettingsProblem, match=rf"{name}: .*use an HTTP proxy for MAM_PROXY") as raised:
        MamSearchSettings.read(COMPLETE | {name: "the-secret-of-the-browser"})
    assert "password-of-the-proxy" not in str(raised.value)


def test_a_proxy_that_is_no_address_is_reported_without_its_password() -> None:
    with pytest.raises(SettingsProblem, match=r"MAM_PROXY: .*not the address of an HTTP or SOCKS5 proxy") as raised:
        MamSearchSettings.read(COMPLETE | {"MAM_PROXY": "ftp://me:password-of-the-proxy@gluetun:1080"})
    assert "password-of-the-proxy" not in str(raised.value)


def test_a_socks_proxy_with_a_password_serves_a_service_that_reads_no_pages() -> None:
    assert MamSearchSettings.read(COMPLETE).mam_proxy is not None
