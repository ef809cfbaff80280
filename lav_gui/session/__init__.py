"""Results <-> disk: the case file (SQLite). It never touches the evidence."""
