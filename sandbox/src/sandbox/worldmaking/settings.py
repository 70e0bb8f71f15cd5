"""Settings of Gapless for the shipped worlds. By default, automatic downloads are off."""

WORLD_SETTINGS = {
    "SERIES_AUTO_DOWNLOAD": "true",
    "SERIES_MIN_BOOKS": "2",
    "SERIES_MAX_MISSING": "10",
    "AUTHOR_AUTO_DOWNLOAD": "true",
    "AUTHOR_TOP_COUNT": "50",
    "AUTHOR_MIN_BOOKS": "3",
    "AUTHOR_MAX_MISSING": "20",
    "MAM_RATE_LIMIT": "0",
    "MAM_PAGE_SECONDS": "0",
}
