"""A torrent client without an interface: its torrents, their progress and their files. The stand-ins use it."""
