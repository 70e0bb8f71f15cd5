"""A person signs in at an OpenID Connect provider."""

from collections.abc import Iterator

import httpx
import pytest
from harness.browser import tab_in, violations, wait_until
from playwright.sync_api import Browser, expect
from sandbox.openid.app import CLIENT_ID, CLIENT_SECRET

from .conftest import Dashboard

pytestmark = pytest.mark.needs("chromium")

PATH = "/api/settings/gateway"


def change_settings(dashboard: Dashboard, values: dict[str, str | None]) -> None:
    """Store settings of the gateway, and wait until it runs with them."""
    version = dashboard.api.get(PATH).json()["version"]
    stored = dashboard.api.put(PATH, json={"version": version, "values": values})
    assert stored.status_code == 200, stored.text

    def applied() -> bool:
        try:
            described = dashboard.api.get(PATH)
        except httpx.TransportError:
            return False
        return described.status_code == 200 and bool(described.json()["applied_version"] > version)

    wait_until(applied)


@pytest.fixture
def provider(dashboard: Dashboard) -> Iterator[None]:
    """The gateway offers the provider of the sandbox."""
    values: dict[str, str | None] = {
        "OIDC_ISSUER": dashboard.openid_url,
        "OIDC_CLIENT_ID": CLIENT_ID,
        "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "OIDC_NAME": "Emerald City",
        "OIDC_ALLOWED_GROUPS": "gapless",
    }
    asked = {"group": "openid", "values": values}
    tested = dashboard.api.post(f"{PATH}/test", json=asked).json()
    assert tested["passed"], tested
    change_settings(dashboard, values)
    yield
    change_settings(dashboard, dict.fromkeys(values))


@pytest.mark.usefixtures("provider", "session")
def test_a_person_is_refused_and_another_signs_in_at_the_provider(browser: Browser, dashboard: Dashboard) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="de-DE")
    tab = tab_in(context, dashboard.url)
    tab.page.goto(f"{dashboard.url}/library")
    tab.page.get_by_role("link", name="Mit Emerald City anmelden").press("Enter")
    tab.page.get_by_role("link", name="Sign in as toto").click()
    expect(tab.page.get_by_role("alert")).to_contain_text("Sie dürfen sich hier nicht anmelden")
    assert violations(tab) == []
    tab.page.goto(f"{dashboard.url}/library")
    tab.page.get_by_role("link", name="Mit Emerald City anmelden").click()
    tab.page.get_by_role("link", name="Sign in as dorothy").click()
    expect(tab.page.get_by_role("heading", level=1, name="Bibliothek")).to_be_visible()
    assert tab.page.url == f"{dashboard.url}/library"
    assert tab.complaints == []
    context.close()
