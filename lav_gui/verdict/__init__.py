"""Results -> curves, segments, track and video score, verdict (NumPy only)."""
