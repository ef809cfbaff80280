"""Frame -> FaceCrop: detect, track, cut, and the way back. This file imports no torch."""
