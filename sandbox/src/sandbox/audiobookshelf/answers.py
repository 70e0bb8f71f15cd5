"""The answers about the server, its library and its user, and the format of HTTP answers.

All keys are those of the recordings of Audiobookshelf 2.36.0.
"""

import base64
import hashlib
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.audiobookshelf.items import VERSION, stable_id
from sandbox.audiobookshelf.shelf import FOLDER_ID, LIBRARY_ID, Shelf, as_json

_STARTED_MS = 1_735_689_600_000
USER = "root"

STATUS: dict[str, Any] = {
    "app": "audiobookshelf",
    "serverVersion": VERSION,
    "isInit": True,
    "language": "en-us",
    "authMethods": ["local"],
    "authFormData": {"authLoginCustomMessage": ""},
}

_SERVER_SETTINGS: dict[str, Any] = {
    "id": "server-settings",
    "scannerFindCovers": False,
    "scannerCoverProvider": "google",
    "scannerParseSubtitle": False,
    "scannerPreferMatchedMetadata": False,
    "scannerDisableWatcher": True,
    "storeCoverWithItem": False,
    "storeMetadataWithItem": False,
    "metadataFileFormat": "json",
    "rateLimitLoginRequests": 10,
    "rateLimitLoginWindow": 600_000,
    "allowIframe": False,
    "backupPath": "/metadata/backups",
    "backupSchedule": False,
    "backupsToKeep": 2,
    "maxBackupSize": 1,
    "loggerDailyLogsToKeep": 7,
    "loggerScannerLogsToKeep": 2,
    "homeBookshelfView": 1,
    "bookshelfView": 1,
    "podcastEpisodeSchedule": "0 * * * *",
    "sortingIgnorePrefix": False,
    "sortingPrefixes": ["the"],
    "chromecastEnabled": False,
    "dateFormat": "MM/dd/yyyy",
    "timeFormat": "HH:mm",
    "language": "en-us",
    "allowedOrigins": [],
    "logLevel": 2,
    "version": VERSION,
    "buildNumber": 1,
    "authLoginCustomMessage": None,
    "authActiveAuthMethods": ["local"],
    "authOpenIDIssuerURL": None,
    "authOpenIDAuthorizationURL": None,
    "authOpenIDTokenURL": None,
    "authOpenIDUserInfoURL": None,
    "authOpenIDJwksURL": None,
    "authOpenIDLogoutURL": None,
    "authOpenIDTokenSigningAlgorithm": "RS256",
    "authOpenIDButtonText": "Login with OpenId",
    "authOpenIDAutoLaunch": False,
    "authOpenIDAutoRegister": False,
    "authOpenIDMatchExistingBy": None,
    "timeZone": "UTC",
}

_PERMISSIONS: dict[str, Any] = {
    "download": True,
    "update": True,
    "delete": True,
    "upload": True,
    "createEreader": True,
    "accessAllLibraries": True,
    "accessAllTags": True,
    "accessExplicitContent": True,
    "selectedTagsNotAccessible": False,
}


def user(token: str) -> dict[str, Any]:
    """The user `root`, as in /api/me."""
    return {
        "id": stable_id("user", USER),
        "username": USER,
        "email": None,
        "type": "root",
        "token": token,
        "mediaProgress": [],
        "seriesHideFromContinueListening": [],
        "bookmarks": [],
        "isActive": True,
        "isLocked": False,
        "lastSeen": None,
        "createdAt": _STARTED_MS,
        "permissions": _PERMISSIONS,
        "librariesAccessible": [],
        "itemTagsSelected": [],
        "hasOpenIDLink": False,
    }


def signed_in(user_fields: dict[str, Any]) -> dict[str, Any]:
    """The answer to a login."""
    return {
        "user": user_fields,
        "userDefaultLibraryId": LIBRARY_ID,
        "serverSettings": _SERVER_SETTINGS,
        "ereaderDevices": [],
        "Source": "sandbox",
    }


def library(shelf: Shelf) -> dict[str, Any]:
    """The library, as in /api/libraries/ID."""
    folder = {"id": FOLDER_ID, "fullPath": str(shelf.root), "libraryId": LIBRARY_ID, "addedAt": _STARTED_MS}
    last_scan = shelf.last_scan_ms or _STARTED_MS
    return {
        "id": LIBRARY_ID,
        "name": "Audiobooks",
        "folders": [folder],
        "displayOrder": 1,
        "icon": "audiobookshelf",
        "mediaType": "book",
        "provider": "audible",
        "settings": {
            "coverAspectRatio": 1,
            "disableWatcher": True,
            "autoScanCronExpression": None,
            "skipMatchingMediaWithAsin": False,
            "skipMatchingMediaWithIsbn": False,
            "audiobooksOnly": False,
            "epubsAllowScriptedContent": False,
            "hideSingleBookSeries": False,
            "onlyShowLaterBooksInContinueSeries": False,
            "metadataPrecedence": ["folderStructure", "audioMetatags"],
            "markAsFinishedPercentComplete": None,
            "markAsFinishedTimeRemaining": 10,
        },
        "lastScan": last_scan,
        "lastScanVersion": VERSION,
        "createdAt": _STARTED_MS,
        "lastUpdate": last_scan,
    }


def filter_data(shelf: Shelf) -> dict[str, Any]:
    """The library with all values to filter by, as with `include=filterdata`."""
    items = list(shelf.items.values())
    years = {item.publishedYear for item in items if item.publishedYear and item.publishedYear.isdigit()}
    missing = sum(item.missing for item in items)
    data = {
        "authors": [{"id": each.id, "name": each.name} for each in shelf.authors.values()],
        "genres": sorted({name for item in items for name in item.genres}),
        "tags": sorted({name for item in items for name in item.tags}),
        "series": [{"id": each.id, "name": each.name} for each in shelf.series.values()],
        "narrators": sorted({name for item in items for name in item.narrators}),
        "languages": sorted({item.language for item in items if item.language}),
        "publishers": sorted({item.publisher for item in items if item.publisher}),
        "publishedDecades": sorted({str(int(year) // 10 * 10) for year in years}),
        "bookCount": len(items),
        "authorCount": len(shelf.authors),
        "seriesCount": len(shelf.series),
        "podcastCount": 0,
        "numIssues": missing,
        "loadedAt": _STARTED_MS,
    }
    return {"filterdata": data, "issues": missing, "numUserPlaylists": 0, "library": library(shelf)}


def scan_task(started_ms: int) -> dict[str, Any]:
    """The task of a running scan, as in /api/tasks. `started_ms` is in milliseconds since 1970."""
    return {
        "id": stable_id("task", str(started_ms)),
        "action": "library-scan",
        "data": {"libraryId": LIBRARY_ID, "libraryName": "Audiobooks", "libraryMediaType": "book"},
        "title": 'Scanning "Audiobooks" library',
        "titleKey": "MessageTaskScanningLibrary",
        "titleSubs": ["Audiobooks"],
        "description": None,
        "descriptionKey": None,
        "descriptionSubs": None,
        "error": None,
        "errorKey": None,
        "errorSubs": None,
        "showSuccess": True,
        "isFailed": False,
        "isFinished": False,
        "startedAt": started_ms,
        "finishedAt": None,
    }


def answer(request: Request, body: Any) -> Response:
    """A JSON answer (a string is sent unchanged) with a weak ETag, or 304 if the client sent that ETag."""
    content = (body if isinstance(body, str) else as_json(body)).encode()
    digest = base64.b64encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode().rstrip("=")
    etag = f'W/"{len(content):x}-{digest}"'
    if request.method == "GET" and request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers={"etag": etag})
    return Response(content, headers={"etag": etag, "content-type": "application/json; charset=utf-8"})


def html_page(status: int, text: str) -> Response:
    """An error page in the format of Express."""
    page = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n'
        f"<body>\n<pre>{text}</pre>\n</body>\n</html>\n"
    )
    return Response(page, status, media_type="text/html")
