"""Backups that a browser or a program downloads."""
