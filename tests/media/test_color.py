"""The one conversion to RGB, judged by the ffmpeg program, and the rule that picks matrix and range."""

import av
import numpy as np
import pytest
from av.video.reformatter import VideoReformatter

from lav_gui.errors import MediaError
from lav_gui.media.color import color_facts, to_rgb
from lav_gui.media.orientation import Turn
from lav_gui.settings import ColorPolicy

BT709, UNSPECIFIED, BT601, SMPTE240M, YCGCO, BT2020 = 1, 2, 6, 7, 8, 9
LIMITED, FULL = 1, 2
PQ, HLG = 16, 18


def _picture(
    pixels: str = "yuv420p", size: tuple[int, int] = (64, 48), matrix: int = UNSPECIFIED, span: int = 0
) -> av.VideoFrame:
    """A picture of smooth colors with noise, in the middle half of the code range."""
    picture = av.VideoFrame(*size, pixels)
    noise = np.random.default_rng(1)
    for plane in picture.planes:
        lines = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        wave = 128 + 60 * np.sin(np.arange(lines.size).reshape(lines.shape) / 37)
        lines[:] = np.clip(wave + noise.normal(0, 10, lines.shape), 16, 235).astype(np.uint8)
    picture.colorspace, picture.color_range = matrix, span
    return picture


def _judged(ffmpeg, folder, picture: av.VideoFrame, matrix: str, span: str) -> np.ndarray:
    """The same planes through the ffmpeg program."""
    raw = folder / "planes.yuv"
    rows = []
    bytes_per_sample = (picture.format.components[0].bits + 7) // 8
    for plane in picture.planes:
        lines = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[: plane.height]
        rows.append(lines[:, : plane.width * bytes_per_sample].tobytes())
    raw.write_bytes(b"".join(rows))
    size = f"{picture.width}x{picture.height}"
    source = ["-f", "rawvideo", "-pix_fmt", picture.format.name, "-s", size, "-i", str(raw)]
    scale = f"scale=in_color_matrix={matrix}:in_range={span}"
    out = ffmpeg(*source, "-vf", scale, "-pix_fmt", "rgb24", "-f", "rawvideo", "-")
    return np.frombuffer(out, np.uint8).reshape(picture.height, picture.width, 3)


@pytest.mark.parametrize("matrix", [(BT709, "bt709"), (BT601, "bt601"), (BT2020, "bt2020"), (SMPTE240M, "smpte240m")])
@pytest.mark.parametrize("span", [(LIMITED, "tv"), (FULL, "pc")])
@pytest.mark.parametrize("pixels", ["yuv420p", "yuv422p", "yuv444p"])
def test_tagged_pictures_are_within_two_levels_of_the_ffmpeg_program(ffmpeg, tmp_path, matrix, span, pixels) -> None:
    picture = _picture(pixels, matrix=matrix[0], span=span[0])
    judged = _judged(ffmpeg, tmp_path, picture, matrix[1], span[1])
    assert np.abs(to_rgb(picture).astype(int) - judged).max() <= 2


@pytest.mark.parametrize(("size", "matrix"), [((64, 48), "bt601"), ((64, 718), "bt601"), ((64, 720), "bt709")])
@pytest.mark.parametrize("pixels", ["yuv420p", "yuvj420p"])
def test_untagged_pictures_follow_the_stated_rule(ffmpeg, tmp_path, size, matrix, pixels) -> None:
    picture = _picture(pixels, size)
    span = "pc" if pixels == "yuvj420p" else "tv"
    judged = _judged(ffmpeg, tmp_path, picture, matrix, span)
    assert np.abs(to_rgb(picture).astype(int) - judged).max() <= 2
    facts = color_facts(picture)
    assert (facts.matrix_tag, facts.matrix_used, facts.assumed) == ("unspecified", matrix, True)
    assert facts.range_used == ("full" if span == "pc" else "limited")


def test_the_wrong_matrix_would_be_seen(ffmpeg, tmp_path) -> None:
    picture = _picture("yuv420p", (64, 720))
    assert np.abs(to_rgb(picture).astype(int) - _judged(ffmpeg, tmp_path, picture, "bt601", "tv")).max() > 10


def test_a_policy_overrides_the_matrix_but_not_the_range(ffmpeg, tmp_path) -> None:
    picture = _picture(matrix=BT601, span=FULL)
    judged = _judged(ffmpeg, tmp_path, picture, "bt709", "pc")
    assert np.abs(to_rgb(picture, ColorPolicy.BT709).astype(int) - judged).max() <= 2
    facts = color_facts(picture, ColorPolicy.BT709)
    assert (facts.matrix_tag, facts.matrix_used, facts.range_used) == ("smpte170m", "bt709", "full")
    assert not facts.assumed


@pytest.mark.parametrize("pixels", ["yuv420p10le", "yuv422p10le", "yuv420p12le", "yuv444p16le"])
@pytest.mark.parametrize("size", [(64, 48), (63, 47)])
def test_deep_pictures_come_down_to_eight_bits(ffmpeg, tmp_path, pixels, size) -> None:
    picture = av.VideoFrame(*size, pixels)
    depth = picture.format.components[0].bits
    noise = np.random.default_rng(2)
    for plane in picture.planes:
        lines = np.frombuffer(memoryview(plane), np.uint16).reshape(-1, plane.line_size // 2)
        lines[:] = noise.integers(64 << (depth - 10), 940 << (depth - 10), lines.shape)
    picture.colorspace, picture.color_range = BT709, LIMITED
    judged = _judged(ffmpeg, tmp_path, picture, "bt709", "tv")
    assert np.abs(to_rgb(picture).astype(int) - judged).max() <= 2


def test_a_matrix_that_cannot_be_undone_falls_under_the_rule_and_says_so() -> None:
    facts = color_facts(_picture(matrix=YCGCO, span=LIMITED))
    assert (facts.matrix_tag, facts.matrix_used, facts.assumed) == ("ycgco", "bt601", True)
    assert to_rgb(_picture(matrix=YCGCO, span=LIMITED)).shape == (48, 64, 3)


@pytest.mark.parametrize(("transfer", "high"), [(1, False), (PQ, True), (HLG, True)])
def test_high_dynamic_range_is_flagged(transfer, high) -> None:
    picture = _picture(matrix=BT2020, span=LIMITED)
    picture.color_trc = transfer
    assert color_facts(picture).high_dynamic_range is high
    assert to_rgb(picture).shape == (48, 64, 3)


def test_unknown_tags_are_unspecified() -> None:
    picture = _picture()
    picture.color_primaries = 250
    assert color_facts(picture).primaries_tag == "unspecified"


@pytest.mark.parametrize("pixels", ["rgb24", "bgr24", "gbrp", "bgr0", "rgb48le"])
def test_rgb_is_taken_as_it_is(pixels) -> None:
    image = np.random.default_rng(3).integers(0, 256, (48, 64, 3), np.uint8)
    picture = av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format=pixels)
    assert np.abs(to_rgb(picture).astype(int) - image).max() <= (1 if pixels == "rgb48le" else 0)
    facts = color_facts(picture)
    assert (facts.matrix_used, facts.range_used, facts.assumed) == ("rgb", "full", False)


@pytest.mark.parametrize("policy", list(ColorPolicy))
def test_gray_stays_gray(policy) -> None:
    image = np.arange(48 * 64, dtype=np.uint8).reshape(48, 64)
    rgb = to_rgb(av.VideoFrame.from_ndarray(image, format="gray"), policy)
    assert (rgb == image[..., None]).all()


def test_transparent_pixels_lie_on_white() -> None:
    rgba = np.zeros((16, 16, 4), np.uint8)
    rgba[..., 0] = 200
    rgba[..., 3] = np.arange(256).reshape(16, 16)
    rgb = to_rgb(av.VideoFrame.from_ndarray(rgba, format="rgba"))
    alpha = rgba[..., 3:] / 255
    expected = rgba[..., :3] * alpha + 255 * (1 - alpha)
    assert np.abs(rgb - expected).max() <= 0.5


@pytest.mark.parametrize("pixels", ["yuva420p", "ya8", "rgba64le"])
def test_every_kind_of_alpha_is_laid_on_white(pixels) -> None:
    rgba = np.full((16, 16, 4), 90, np.uint8)
    rgba[..., 3] = 0
    picture = av.VideoFrame.from_ndarray(rgba, format="rgba").reformat(format=pixels)
    assert (to_rgb(picture) == 255).all()


def test_a_palette_with_a_transparent_color_is_laid_on_white() -> None:
    indices = np.array([[0, 1], [1, 0]], np.uint8)
    palette = np.zeros((256, 4), np.uint8)  # alpha, red, green, blue
    palette[0] = (255, 10, 20, 30)
    picture = av.VideoFrame.from_ndarray((indices, palette), format="pal8")
    assert to_rgb(picture).tolist() == [[[10, 20, 30], [255] * 3], [[255] * 3, [10, 20, 30]]]
    assert color_facts(picture).matrix_used == "rgb"


def test_the_turn_is_applied_and_the_array_is_contiguous() -> None:
    picture = _picture(size=(62, 48))
    stored, turned = to_rgb(picture), to_rgb(picture, turn=Turn(transpose=True, flip_x=True))
    assert (turned == np.rot90(stored, -1)).all()
    assert stored.flags.c_contiguous
    assert turned.flags.c_contiguous


def test_a_kept_reformatter_gives_the_same_pictures() -> None:
    reformatter = VideoReformatter()
    pictures = [_picture("yuv420p"), _picture("yuv444p"), _picture("yuv420p", matrix=BT709, span=FULL)]
    for picture in pictures * 2:
        assert (to_rgb(picture, reformatter=reformatter) == to_rgb(picture)).all()


def test_a_pixel_format_without_a_way_to_rgb_is_one_sentence() -> None:
    with pytest.raises(MediaError, match="pixel format vaapi cannot be turned into RGB; convert a copy"):
        to_rgb(_without_memory("vaapi"))


def _without_memory(pixels: str) -> av.VideoFrame:
    return av.VideoFrame(0, 0, pixels)
