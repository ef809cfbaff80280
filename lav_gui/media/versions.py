"""Versions of what decodes the pictures, for the report."""

import av
from av._core import library_versions


def media_versions() -> tuple[tuple[str, str], ...]:
    """PyAV and each of FFmpeg's libraries that it carries, as (component, version)."""
    libraries = ((name, ".".join(map(str, version))) for name, version in sorted(library_versions.items()))
    return (("PyAV", av.__version__), ("FFmpeg", av.ffmpeg_version_info), *libraries)
