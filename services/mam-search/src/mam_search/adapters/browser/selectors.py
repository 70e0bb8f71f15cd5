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
)
CHALLENGE_HINTS = ("challenge", "captcha", "turnstile")
"""A page without any of these words contains no challenge."""
CHALLENGE_TITLES = frozenset({"just a moment...", "attention required! | cloudflare"})
"""The titles of Cloudflare's own pages. Its scripts mean nothing: it adds them to ordinary pages too."""

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

TORRENT = "#torDetMainCon"
TORRENT_TITLE = f"{TORRENT} .TorrentTitle"
TORRENT_AUTHORS = f"{TORRENT} .torAuthors a"
TORRENT_NARRATORS = f'{TORRENT} a[href^="/tor/browse.php?narrator="]'
TORRENT_SERIES_ROW = "#Series"
TORRENT_SERIES = f"{TORRENT_SERIES_ROW} a"
TORRENT_FACTS = "#fInfo"
TORRENT_CATEGORY = f'{TORRENT_FACTS} [class^="cat"]'
TORRENT_SIZE = "#size span"
TORRENT_RATIO = "#ratio .torDetInnerBottomSpan"
TORRENT_ROW = ".torDetRow"
TORRENT_ROW_NAME = ".torDetLeft"
TORRENT_ROW_VALUE = ".torDetRight"
TORRENT_TAGS_ROW, TORRENT_FILES_ROW = "Tags", "Files"
"""What the left side of a row says."""
TORRENT_FILE = "tr"
TORRENT_FILE_CELLS = "td"
TORRENT_DESCRIPTION = ".torDetBottom"
TORRENT_SUBMITTED = "#submitInfo"

GUIDE_LINKS = 'a[href*="gid="]'
GUIDE_BOX = "#guideBox"
GUIDE_FRAME = 'iframe[src*="/guides/"]'
GUIDE_TAGS = ".guideTags a"
LIST_ROW = "tr, li, dd"
"""The row of a list that says when a guide or topic was last changed."""
MEMBER_LINKS = 'a[href*="/u/"]'
TITLES = "h1, h2"

# No capture of the forum exists. Only the addresses of its links are known; the classes are assumed.
BOARD_LINKS = 'a[href*="/f/b/"]'
TOPIC_LINKS = 'a[href*="/f/t/"]'
TOPIC_REPLIES = ".topicReplies"
POST = ".forumPost"
POST_AUTHOR = ".postAuthor"
POST_DATE = ".postDate"
POST_BODY = ".postBody"
POST_SIGNATURE = ".postSignature"

TORRENT_LINK = r"/t/(\d+)"
SITE_TITLE = "My Anonamouse"
GONE_TEXTS = ("No guide with that id", "No topic with that id", "No board with that id")
