"""Serves the dashboard, which `make dashboard` builds into the folder `built`."""
