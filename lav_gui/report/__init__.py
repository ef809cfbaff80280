"""A Report record -> PDF, HTML, JSON, CSV. No Qt, no torch, no session, no media."""
