"""The lanes of the timeline, a file for each. A new one is a subclass of `Lane` and an entry in `stack.LANES`."""
