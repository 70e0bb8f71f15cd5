"""Transmission's RPC, of transmission-daemon 3.00 to 4."""

from shared.translatable import translatable

from downloader.adapters.clients.client_kind import ClientKind
from downloader.adapters.clients.transmission.connect import connect
from downloader.adapters.clients.transmission.settings import TransmissionSettings

TRANSMISSION = ClientKind(
    "transmission",
    TransmissionSettings,
    lambda settings: settings.transmission_url,
    connect,
    translatable(
        "advice.transmission",
        "check that Transmission runs and allows remote access, then TRANSMISSION_URL, TRANSMISSION_USERNAME and"
        " TRANSMISSION_PASSWORD",
    ),
)
