"""Whatever cannot be opened is one sentence that names the file and says what to do."""

import os
import subprocess
from pathlib import Path

import av
import numpy as np
import pytest

from lav_gui.errors import MediaError
from lav_gui.media.reader import VideoReader
from lav_gui.media.source import open_video


def _sentence(path: Path) -> str:
    with pytest.raises(MediaError) as caught:
        VideoReader(path)
    text = str(caught.value)
    assert path.name in text
    assert text.endswith(".")
    assert "\n" not in text
    return text


def test_an_empty_file_is_said_to_be_empty(tmp_path) -> None:
    path = tmp_path / "nothing.mp4"
    path.touch()
    assert _sentence(path) == "nothing.mp4 is empty (0 bytes); copy it again from its source."


def test_a_missing_file_is_said_to_be_missing_and_where(tmp_path) -> None:
    assert _sentence(tmp_path / "gone.mp4").startswith(f"gone.mp4 does not exist at {tmp_path}; check the path")


def test_a_folder_is_said_to_be_a_folder(tmp_path) -> None:
    path = tmp_path / "folder.mp4"
    path.mkdir()
    assert _sentence(path) == "folder.mp4 is a folder; choose a video or picture file in it."


def test_a_pipe_is_not_opened(tmp_path) -> None:
    path = tmp_path / "pipe.mp4"
    os.mkfifo(path)
    assert "is not a regular file" in _sentence(path)


def test_a_file_without_read_permission_is_said_to_be_closed(make_clip, recipe, tmp_path) -> None:
    path = tmp_path / "locked.mp4"
    path.write_bytes(make_clip(recipe("open.mp4", count=3)).read_bytes())
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user reads every file whatever its permissions")
    assert "may not be read by this user" in _sentence(path)


@pytest.mark.parametrize(
    "content",
    [b"This is a letter, not a video.\n" * 40, bytes(5000), np.random.default_rng(4).bytes(60_000), b"\xff"],
    ids=["text", "zeros", "noise", "one byte"],
)
def test_other_content_under_a_video_name_is_not_a_video(tmp_path, content) -> None:
    path = tmp_path / "renamed.mp4"
    path.write_bytes(content)
    assert "is not a video or picture that can be read" in _sentence(path)


def test_a_file_with_sound_alone_is_said_to_hold_sound(tmp_path) -> None:
    path = tmp_path / "voice.m4a"
    _write_sound(path)
    assert _sentence(path) == "voice.m4a holds sound but no video; choose a file with a picture."


def test_cover_art_is_not_a_video(ffmpeg, make_clip, recipe, tmp_path) -> None:
    sound, picture, song = tmp_path / "voice.mp3", tmp_path / "cover.png", tmp_path / "song.mp3"
    ffmpeg("-i", str(make_clip(recipe("cover.mp4", count=1))), "-frames:v", "1", str(picture))
    ffmpeg("-f", "lavfi", "-i", "sine=duration=0.2", str(sound))
    both = ["-i", str(sound), "-i", str(picture), "-map", "0", "-map", "1", "-c", "copy"]
    ffmpeg(*both, "-disposition:v", "attached_pic", str(song))
    assert "holds sound but no video" in _sentence(song)


def _write_sound(path: Path) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=8000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        frame.sample_rate = 8000
        container.mux(stream.encode(frame) + stream.encode(None))


def test_a_movie_without_its_index_is_not_a_video(make_clip, recipe, tmp_path) -> None:
    path = tmp_path / "no_index.mp4"
    whole = make_clip(recipe("unfinished.mp4", count=30)).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "incomplete" in _sentence(path)


def test_a_movie_whose_index_is_cut_off_is_incomplete(make_clip, recipe, tmp_path) -> None:
    path = tmp_path / "cut_index.mp4"
    whole = make_clip(recipe("unfinished.mp4", count=30)).read_bytes()
    path.write_bytes(whole[: whole.index(b"moov") + 150])
    assert "incomplete" in _sentence(path)


@pytest.mark.parametrize("name", ["list.m3u8", "list.mp4"])
def test_a_playlist_is_not_followed(make_clip, recipe, tmp_path, name) -> None:
    clip = make_clip(recipe("target.ts", count=10))
    path = tmp_path / name
    path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n{clip}\n#EXT-X-ENDLIST\n")
    _sentence(path)


def test_a_list_of_files_is_not_followed(make_clip, recipe, tmp_path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(f"ffconcat version 1.0\nfile {make_clip(recipe('target.ts', count=10))}\n")
    _sentence(path)


def test_a_percent_sign_in_a_name_is_not_a_numbered_sequence(make_clip, recipe, tmp_path, read_number) -> None:
    photograph = make_clip(recipe("still.jpg", codec="mjpeg", pixel_format="yuvj420p", count=1)).read_bytes()
    path = tmp_path / "take %03d.jpg"
    path.write_bytes(photograph)
    for decoy in ("take 000.jpg", "take 001.jpg"):
        (tmp_path / decoy).write_bytes(photograph)
    with VideoReader(path) as reader:
        assert len(reader.index) == 1
        assert read_number(reader.frame(0).image) == 0


@pytest.mark.parametrize("name", ["take %03d.png", "http:x.png", "李小龙 – ٣.png", "-i.png"])
def test_odd_file_names_are_names_and_nothing_else(make_clip, recipe, tmp_path, name, read_number) -> None:
    path = tmp_path / name
    path.write_bytes(make_clip(recipe("still.png", codec="png", pixel_format="rgb24", count=1)).read_bytes())
    with VideoReader(path) as reader:
        assert read_number(reader.frame(0).image) == 0


def test_the_first_video_stream_is_found_beside_sound(ffmpeg, make_clip, recipe, tmp_path) -> None:
    path = tmp_path / "both.mkv"
    clip = str(make_clip(recipe("silent.mp4", count=10)))
    streams = ["-f", "lavfi", "-i", "sine=duration=0.4", "-i", clip, "-map", "0", "-map", "1", "-c:v", "copy"]
    ffmpeg(*streams, "-metadata:s:a", "language=deu", str(path))
    container, stream = open_video(path)
    with container:
        assert (stream.index, stream.type) == (1, "video")
    with VideoReader(path) as reader:
        assert [one.kind for one in reader.info.streams] == ["audio", "video"]
        assert reader.info.streams[0].language == "deu"
        assert len(reader.index) == 10


def test_nothing_is_said_on_the_terminal_by_the_decoder(make_clip, recipe, tmp_path) -> None:
    whole = make_clip(recipe("loud.mkv", count=30))
    path = tmp_path / "loud.mkv"
    data = bytearray(whole.read_bytes())
    data[len(data) * 3 // 4 : len(data) * 3 // 4 + 20] = bytes(20)
    path.write_bytes(data)
    code = (
        "import sys, pathlib; from lav_gui.media.reader import VideoReader\n"
        "r = VideoReader(pathlib.Path(sys.argv[1])); list(r.frames(range(len(r.index))))"
    )
    done = subprocess.run(
        [os.sys.executable, "-c", code, str(path)], capture_output=True, cwd=Path(__file__).parents[2], check=True
    )
    assert done.stdout + done.stderr == b""
