"""Pictures are shown upright: the flag of the container or of EXIF is applied, mirrors included."""

import numpy as np
import pytest
from PIL import Image, ImageOps

from lav_gui.media.orientation import Turn, turn_from_exif, turn_from_matrix
from lav_gui.media.reader import VideoReader

ONE = 65536


def test_without_a_turn_the_picture_is_the_same_array() -> None:
    image = np.zeros((4, 6, 3), np.uint8)
    assert Turn().upright(image) is image


@pytest.mark.parametrize(
    ("turn", "degrees"),
    [
        (Turn(), 0),
        (Turn(transpose=True, flip_x=True), 90),
        (Turn(flip_x=True, flip_y=True), 180),
        (Turn(transpose=True, flip_y=True), 270),
    ],
)
def test_rotations_are_clockwise(turn, degrees) -> None:
    image = np.random.default_rng(0).integers(0, 256, (4, 6, 3), np.uint8)
    assert turn.rotation_degrees == degrees
    assert not turn.mirrored
    assert (turn.upright(image) == np.rot90(image, -degrees // 90)).all()


@pytest.mark.parametrize("transpose", [False, True])
@pytest.mark.parametrize("flip", [False, True])
def test_a_mirrored_turn_is_a_mirror_then_a_rotation(transpose, flip) -> None:
    turn = Turn(transpose=transpose, flip_x=flip if transpose else not flip, flip_y=flip)
    image = np.random.default_rng(0).integers(0, 256, (4, 6, 3), np.uint8)
    assert turn.mirrored
    assert (turn.upright(image) == np.rot90(image[:, ::-1], -turn.rotation_degrees // 90)).all()


def test_an_angle_between_is_no_turn() -> None:
    assert turn_from_matrix((46341, -46341, 0, 46341, 46341, 0, 0, 0, 1 << 30)) is None
    assert turn_from_matrix((0, ONE, 0, -ONE, 0, 0, 0, 0, 1 << 30)) == Turn(transpose=True, flip_x=True)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("flips", [(False, False), (True, False), (False, True)])
def test_the_display_matrix_turns_as_the_ffmpeg_program_does(ffmpeg, make_clip, recipe, degrees, flips) -> None:
    name = f"turn_{degrees}_{flips[0]:d}{flips[1]:d}.mp4"
    path = make_clip(recipe(name, count=6, rotation=(degrees, *flips), size=(128, 80)))
    raw = ffmpeg("-i", str(path), "-vf", "scale=in_color_matrix=bt601", "-pix_fmt", "rgb24", "-f", "rawvideo", "-")
    with VideoReader(path) as reader:
        frame, info = reader.frame(5), reader.info
    judged = np.frombuffer(raw, np.uint8).reshape(6, *frame.image.shape)[5]
    assert np.abs(frame.image.astype(int) - judged).max() <= 2
    assert (info.height, info.width) == frame.image.shape[:2]
    assert ("mirrored", "yes") in info.metadata or flips == (False, False)
    if flips == (False, False):
        assert info.rotation_degrees == (360 - degrees) % 360  # the file counts the other way round


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_turns_a_photograph_as_pillow_does(tmp_path, orientation) -> None:
    image = np.zeros((40, 64, 3), np.uint8)
    image[:20, :32] = (250, 20, 20)
    image[:20, 32:] = (20, 250, 20)
    image[20:, :32] = (20, 20, 250)
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "photograph.jpg"
    Image.fromarray(image).save(path, exif=exif, quality=95, subsampling=0)
    with Image.open(path) as stored:
        expected = np.asarray(ImageOps.exif_transpose(stored))
    with VideoReader(path) as reader:
        assert np.abs(reader.frame(0).image.astype(int) - expected).max() <= 4  # two JPEG decoders
        assert (reader.info.width, reader.info.height) == (expected.shape[1], expected.shape[0])


def test_a_file_without_exif_is_not_turned(tmp_path) -> None:
    path = tmp_path / "text.jpg"
    path.write_text("no picture")
    assert turn_from_exif(path) == Turn()
