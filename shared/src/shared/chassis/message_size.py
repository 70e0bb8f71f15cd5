"""The limits of the size of a message."""

MAX_PAYLOAD_BYTES = 8 * 1024 * 1024
"""The broker's limit. Messages carry torrent files. The largest ones, with thousands of pieces and files, have a few
megabytes."""
HEADERS_BYTES = 4096
"""Room for headers in the size limit of a message; ours have a few hundred bytes."""
