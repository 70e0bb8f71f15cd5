"""Every selector that the pages of the site are read with, and the texts that the site shows.

They follow captures of 2024 to 2026. If the site changes its pages, this is the only file to change.
"""

LOGIN_FORM = 'form[action*="takelogin.php"]'
LOGIN_NAME = f'{LOGIN_FORM} input[name="email"]'
LOGIN_PASSWORD = f'{LOGIN_FORM} input[name="password"]'
LOGIN_REMEMBER = f'{LOGIN_FORM} input[name="rememberMe"]'
LOGIN_BUTTON = f'{LOGIN_FORM} [type="submit"]'
LOGIN_ONE_TIME_FIELDS = tuple(f'{LOGIN_FORM} input[name="{name}"]' for name in "tja")

CHALLENGES = (
    "form#challenge-form",
    "#challenge-running",
    "#cf-challenge-running",
    ".cf-turnstile",
    ".g-recaptcha",
    ".h-captcha",
    'iframe[src*="captcha"]',
    'script[src*="/cdn-cgi/challenge-platform/"]',
)
CHALLENGE_HINTS = ("challenge", "captcha", "turnstile")
"""A page without any of these words contains no challenge."""

TOP_LIST = "#top10"
TOP_LIST_ROWS = f'{TOP_LIST} table.newTorTable tr[id^="tdr-"]'
ROW_TITLE = "a.torTitle"
ROW_AUTHORS = "a.author"
ROW_NARRATORS = "a.narrator"
ROW_SERIES = "a.series"
ROW_FILE_TYPES = ".torFileTypes"
ROW_CATEGORY = '[class^="cat"]'
ROW_VIP = 'img[alt="VIP"]'
ROW_COUNTS = "td p"
"""Three numbers: seeders, leechers, snatched."""
