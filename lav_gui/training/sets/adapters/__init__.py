"""Adapters: each knows the layout of one dataset and turns it into sources."""
