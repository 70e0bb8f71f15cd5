"""How Chromium is found, and how it reaches the site through a proxy."""

from pathlib import Path

import pytest
from mam_search.adapters.browser.chromium import (
    ChromiumMissing,
    ProxyNotSupported,
    find_chromium,
    options,
    proxy_settings,
)


def test_the_configured_program_is_used(tmp_path: Path) -> None:
    program = tmp_path / "my-chromium"
    program.touch(mode=0o755)
    assert find_chromium(str(program)) == str(program)


def test_a_missing_program_is_named_with_the_way_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for configured in ("", str(tmp_path), str(tmp_path / "none")):
        with pytest.raises(ChromiumMissing, match="apt-get install --no-install-recommends chromium"):
            find_chromium(configured)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", None),
        ("http://proxy.example:3128", {"server": "http://proxy.example:3128"}),
        ("socks5h://gluetun:1080", {"server": "socks5://gluetun:1080"}),
        ("http://[2001:db8::1]:8888", {"server": "http://[2001:db8::1]:8888"}),
        ("http://me:p%40ss@proxy:1", {"server": "http://proxy:1", "username": "me", "password": "p@ss"}),
    ],
)
def test_a_proxy_is_passed_without_its_password_in_the_address(address: str, expected: dict[str, str] | None) -> None:
    assert proxy_settings(address) == expected


def test_a_socks_proxy_with_a_password_is_refused_with_a_remedy() -> None:
    with pytest.raises(ProxyNotSupported, match="use an HTTP proxy"):
        proxy_settings("socks5h://me:secret@gluetun:1080")


def test_only_the_site_and_the_proxy_are_reachable_and_no_password_is_in_the_options() -> None:
    chosen = options("https://www.myanonamouse.net", "http://me:secret@proxy.example:3128")
    assert "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE www.myanonamouse.net, EXCLUDE proxy.example" in chosen
    assert "secret" not in " ".join(chosen)
