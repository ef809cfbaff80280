"""LAV, Locate and Verify: examine a video for face forgery, frame by frame, and report what was found."""

__version__ = "0.1.0"
