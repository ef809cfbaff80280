"""Widgets: they paint and ask; they hold no result and call no room."""
