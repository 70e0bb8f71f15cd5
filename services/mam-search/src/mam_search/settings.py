"""Settings of mam-search."""

import re
from typing import ClassVar

from pydantic import BaseModel, Field, SecretStr, ValidationInfo, field_validator
from shared.chassis.sealing import SealingSettings
from shared.chassis.setting_groups import Group
from shared.translatable import translatable

from mam_search.adapters.browser.chromium import ProxyNotSupported, proxy_settings
from mam_search.adapters.language_model.settings import LanguageModelSettings
from mam_search.crawl_settings import CrawlSettings
from mam_search.domain.grab_rule import GIB, GrabLimits
from mam_search.domain.session_credentials import SessionCredentials
from mam_search.domain.spending import MIN_UPLOAD_GB, SpendingPolicy
from mam_search.top_list_settings import TopListSettings


class AccountSettings(BaseModel):
    """The session, and how requests are sent to the site."""

    group: ClassVar = Group("myanonamouse", "MyAnonamouse")

    mam_session: SecretStr = Field(
        min_length=8,
        description="the mam_id of a session created only for Gapless (Preferences > Security, API use allowed)",
        examples=["the-long-value-shown-when-the-session-was-created"],
    )
    mam_url: str = Field(
        "https://www.myanonamouse.net",
        pattern=r"^https?://[^/\s]+",
        description="the address of MyAnonamouse",
        examples=["https://www.myanonamouse.net"],
    )
    mam_tracker_url: str = Field(
        "https://t.myanonamouse.net",
        pattern=r"^https?://[^/\s]+",
        description="the address of the tracker side of MyAnonamouse, where our public address is registered",
        examples=["https://t.myanonamouse.net"],
    )
    mam_cdn_url: str = Field(
        "https://cdn.myanonamouse.net",
        pattern=r"^https?://[^/\s]+",
        description="the address of MyAnonamouse's content host, which has the list of your torrents",
    )
    mam_dynamic_seedbox: bool = Field(
        False,
        description="true: keep our public address registered at MyAnonamouse, at most once an hour. The session needs"
        " the permission to set it, and Gapless and the torrent client need the same public address",
    )
    mam_proxy: SecretStr | None = Field(
        None,
        description="HTTP or SOCKS proxy for everything that goes to MyAnonamouse, such as that of the VPN which the"
        " torrent client uses",
        examples=["http://USER:PASSWORD@gluetun:8888"],
    )
    mam_rate_limit: float = Field(
        3.0,
        ge=0,
        le=3600,
        description="least seconds between two requests to MyAnonamouse, over all replicas; the interval is random, up"
        " to a third longer",
        examples=["3"],
    )
    mam_requests_per_day: int = Field(
        3000,
        ge=1,
        le=100_000,
        description="requests to MyAnonamouse in a day, without pages, over all replicas; then none is sent until the"
        " day has passed",
    )
    mam_remember_days: int = Field(
        30, ge=1, description="days to keep search results and releases after they were last seen"
    )

    @field_validator("mam_proxy")
    @classmethod
    def _check_proxy(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"(https?|socks5h?)://[^/\s]+", value.get_secret_value().strip()):
            words = "it is not the address of an HTTP or SOCKS5 proxy, without a path"
            raise ValueError(translatable("setting.no_proxy", words))
        return value

    def api_credentials(self) -> SessionCredentials:
        """What the API session begins with."""
        return SessionCredentials(self.mam_session.get_secret_value())


class PageSettings(BaseModel):
    """The browser session, with which pages are read."""

    group: ClassVar = Group("mam_pages", "MyAnonamouse pages")

    mam_browser_session: SecretStr | None = Field(
        None,
        description="the mam_id of a browser session created only for Gapless, with which it reads pages",
        examples=["another-long-value"],
    )
    mam_username: str = Field(
        "",
        description="the name or email address for the login form; used only without MAM_BROWSER_SESSION",
        examples=["reader@example.org"],
    )
    mam_password: SecretStr | None = Field(None, description="the password for the login form")
    mam_page_seconds: float = Field(
        10.0,
        ge=0,
        le=600,
        description="least seconds between two pages; the interval is random, up to three times as long",
        examples=["10"],
    )
    mam_pages_per_day: int = Field(300, ge=1, le=5000, description="pages read in a day, over all replicas")

    @field_validator("mam_browser_session", "mam_password")
    @classmethod
    def _check_browser_proxy(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        """A browser session is useless behind a proxy that the browser cannot use."""
        proxy: SecretStr | None = info.data.get("mam_proxy")
        if value is not None and proxy is not None:
            try:
                proxy_settings(proxy.get_secret_value())
            except ProxyNotSupported as error:
                raise ValueError(*error.args) from error
        return value

    def browser_credentials(self) -> SessionCredentials:
        """What the browser session begins with."""
        given, password = self.mam_browser_session, self.mam_password
        return SessionCredentials(
            given.get_secret_value() if given else "",
            self.mam_username,
            password.get_secret_value() if password else "",
        )


class BrowserSettings(BaseModel):
    """The browser program."""

    group: ClassVar = Group(
        "browser", "Browser", locked="only the environment can set it: its value decides which program is run, and how"
    )

    chromium_path: str = Field(
        "", description="the path of Chromium; empty: the one that is installed", examples=["/usr/bin/chromium"]
    )
    chromium_sandbox: bool = Field(
        True, description="false: run Chromium without its sandbox, where the system does not allow user namespaces"
    )


class GrabLimitSettings(BaseModel):
    """When nothing is grabbed, to protect the account."""

    group: ClassVar = Group("mam_limits", "Limits of the account")

    mam_min_ratio: float = Field(
        1.0, ge=0, description="minimum ratio at MyAnonamouse; only freeleech is grabbed if the ratio would fall below"
    )
    mam_unsatisfied_reserve: int = Field(
        5, ge=0, description="slots kept free below MyAnonamouse's limit of unsatisfied torrents"
    )
    mam_slots_for_person: int = Field(
        2, ge=0, description="further slots that only grabs of a person may use, not automatic ones"
    )

    def grab_limits(self) -> GrabLimits:
        """The limits for grabs."""
        return GrabLimits(
            min_ratio=self.mam_min_ratio,
            unsatisfied_reserve=self.mam_unsatisfied_reserve,
            slots_for_person=self.mam_slots_for_person,
        )


class SpendingSettings(BaseModel):
    """What is spent automatically."""

    group: ClassVar = Group("mam_spending", "Spending")

    mam_wedge_from_gib: float = Field(
        0.0, ge=0, description="spend a freeleech wedge for each grab of at least this size in GiB; 0: never"
    )
    mam_wedges_kept: int = Field(1, ge=0, description="wedges that are never spent")
    mam_wedges_per_day: int = Field(1, ge=0, description="most wedges spent on one day (UTC)")
    mam_renew_vip: bool = Field(
        False, description="renew the VIP status with bonus points when it ends within seven days: true or false"
    )
    mam_upload_credit_gb: float = Field(
        0.0, ge=0, description="buy this much upload credit (at least 50 GB) at once when it is needed; 0: never"
    )
    mam_upload_credit_below_gib: float = Field(
        50.0, ge=0, description="buy upload credit while less than this can be downloaded above MAM_MIN_RATIO"
    )
    mam_points_kept: float = Field(5_000.0, ge=0, description="bonus points that are never spent")

    @field_validator("mam_upload_credit_gb")
    @classmethod
    def _check_upload_credit(cls, value: float) -> float:
        if 0 < value < MIN_UPLOAD_GB:
            words = f"MyAnonamouse sells upload credit automatically from {MIN_UPLOAD_GB:g} GB on"
            raise ValueError(translatable("setting.small_purchase", words, least=MIN_UPLOAD_GB))
        return value

    def spending_policy(self) -> SpendingPolicy:
        """What is spent automatically."""
        return SpendingPolicy(
            wedge_from_bytes=int(self.mam_wedge_from_gib * GIB),
            wedges_kept=self.mam_wedges_kept,
            wedges_per_day=self.mam_wedges_per_day,
            renew_vip=self.mam_renew_vip,
            upload_gb=self.mam_upload_credit_gb,
            upload_below_bytes=int(self.mam_upload_credit_below_gib * GIB),
            points_kept=self.mam_points_kept,
        )


class MamSearchSettings(
    SealingSettings,
    SpendingSettings,
    GrabLimitSettings,
    TopListSettings,
    CrawlSettings,
    LanguageModelSettings,
    BrowserSettings,
    PageSettings,
    AccountSettings,
):
    """The account's session and limits, the pages, the top lists, the crawl and the language model."""
