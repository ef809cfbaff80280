"""Opens a file as a container and picks its video stream; every way this can fail is one sentence.

The file is only ever read. FFmpeg may not follow what a file points to: playlists are refused,
and no protocol but `file` is allowed, so nothing is fetched from a network.
"""

import stat
from pathlib import Path

import av
from av.container import InputContainer
from av.stream import Discard, Disposition
from av.video.stream import VideoStream

from lav_gui.errors import MediaError

_GENERATE_PTS = 0x0001  # AVFMT_FLAG_GENPTS
_POINTS_ELSEWHERE = {"hls", "dash", "concat", "sdp", "rtsp", "rtp", "imf", "lavfi", "tty"}
_OPTIONS = {
    "protocol_whitelist": "file",
    "pattern_type": "none",  # a percent sign in a picture's name is not a numbered sequence
}


def check_readable(path: Path) -> None:
    """Raise `MediaError` unless the path is a regular file with content that this user may read."""
    name = path.name or str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise MediaError(f"{name} is a folder; choose a video or picture file in it.")
        if not stat.S_ISREG(status.st_mode):
            raise MediaError(f"{name} is not a regular file; choose a video or picture file.")
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise MediaError(f"{name} does not exist at {path.parent}; check the path or find the file again.") from error
    except PermissionError as error:
        raise MediaError(f"{name} may not be read by this user; ask for read permission or copy it.") from error
    except (OSError, ValueError) as error:
        raise MediaError(f"{name} cannot be read from its disk; copy it to another place and try again.") from error
    if status.st_size == 0:
        raise MediaError(f"{name} is empty (0 bytes); copy it again from its source.")


def file_stamp(path: Path) -> tuple[int, int] | None:
    """Size in bytes and time of the last change in ns; None where it cannot be told. A file as it was has the same."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def open_container(path: Path) -> InputContainer:
    """Open a file for reading; the caller closes it.

    Raises
    ------
    MediaError
        If there is no such file, or FFmpeg cannot read it.
    """
    check_readable(path)
    try:
        return av.open(f"file:{path.absolute()}", "r", options=dict(_OPTIONS), metadata_errors="replace")
    except (av.FFmpegError, OSError, ValueError) as error:
        raise MediaError(
            f"{path.name} is not a video or picture that can be read; it may be of another kind or incomplete, "
            "so get a complete copy."
        ) from error


def open_video(path: Path, generate_pts: bool = False) -> tuple[InputContainer, VideoStream]:
    """Open a file and pick the video stream that is examined.

    Parameters
    ----------
    path : Path
        File to read.
    generate_pts : bool
        Let the demuxer fill in missing presentation times. Off, so that a missing time is seen to be missing.

    Returns
    -------
    tuple of InputContainer and VideoStream
        The caller closes the container. Packets of other streams are not read.

    Raises
    ------
    MediaError
        If there is no such file, or no video in it that can be decoded.
    """
    container = open_container(path)
    try:
        stream = _pick_stream(container, path)
    except MediaError:
        container.close()
        raise
    if not generate_pts:
        container.flags &= ~_GENERATE_PTS
    for other in container.streams:
        if other.index != stream.index:
            other.discard = Discard.all
    return container, stream


def _pick_stream(container: InputContainer, path: Path) -> VideoStream:
    if set(container.format.name.split(",")) & _POINTS_ELSEWHERE:
        raise MediaError(f"{path.name} is a playlist or text, not a video; open the video file it names.")
    moving = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    if not moving and container.streams.audio:
        raise MediaError(f"{path.name} holds sound but no video; choose a file with a picture.")
    if not moving:
        raise MediaError(
            f"No video is found in {path.name}: it is incomplete, damaged or of another kind; get a complete copy, "
            "or choose a file with a picture."
        )
    usable = [s for s in moving if s.codec_context is not None]
    if not usable:
        raise MediaError(f"{path.name} is coded in a way that this version cannot decode; convert a copy without loss.")
    best = container.streams.best("video")
    return next((s for s in usable if best is not None and s.index == best.index), usable[0])
