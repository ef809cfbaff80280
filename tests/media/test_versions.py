import re

from lav_gui.media.versions import media_versions


def test_pyav_and_each_library_of_ffmpeg_is_named_with_its_version() -> None:
    versions = dict(media_versions())
    assert {"PyAV", "FFmpeg", "libavcodec", "libavformat", "libswscale"} <= versions.keys()
    assert all(re.match(r"\d+\.\d+", version) for version in versions.values())
