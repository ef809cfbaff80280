"""File -> Frame: packet index, exact seeking, color, rotation, hashes, metadata (PyAV)."""
