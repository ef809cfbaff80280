"""``lav ...``: every job the window can do, without a window; and the training, which has its own."""

from lav_gui.cli.program import build_parser, main

__all__ = ["build_parser", "main"]
