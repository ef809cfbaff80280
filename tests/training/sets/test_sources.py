from pathlib import Path

import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.sets.sources import NO_MASK, MaskKind, MaskRule, Problem, Source, files_in


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("m/a.mp4", MaskKind.VIDEO), ("m/a.png", MaskKind.PICTURE), ("m/a_f{frame:04d}.png", MaskKind.PATTERN),
        ("m/{frame}.png", MaskKind.PATTERN),
    ],
)  # fmt: skip
def test_a_mask_cell_is_a_picture_a_video_or_a_pattern(text: str, kind: MaskKind) -> None:
    assert MaskRule.parse(text, Path("/data")) == MaskRule(kind, f"/data/{text}")


def test_no_mask_and_pair_have_no_place() -> None:
    assert MaskRule.parse("", Path("/data")) == NO_MASK
    assert MaskRule.parse("pair", Path("/data")) == MaskRule(MaskKind.PAIR)


def test_a_pattern_finds_its_frames_and_not_those_of_a_neighbor(tmp_path: Path) -> None:
    for name in ("a_f0005.png", "a_f0120.png", "ba_f0007.png", "a_fx.png", "a_f0009.png.txt"):
        (tmp_path / name).touch()
    rule = MaskRule.parse("a_f{frame:04d}.png", tmp_path)
    assert rule.frames() == {5: tmp_path / "a_f0005.png", 120: tmp_path / "a_f0120.png"}


def test_a_pattern_into_a_missing_folder_finds_nothing(tmp_path: Path) -> None:
    assert MaskRule.parse("gone/{frame}.png", tmp_path).frames() == {}
    assert NO_MASK.frames() == {}


def test_the_key_tells_methods_and_compressions_apart() -> None:
    assert Source(Path("a"), 1, "FF++", "Deepfakes", "c40", "183_253", "183").key == "FF++/Deepfakes/c40/183_253"


@pytest.mark.parametrize(("label", "split"), [(2, ""), (0, "dev")])
def test_a_source_of_odd_label_or_split_is_refused(label: int, split: str) -> None:
    with pytest.raises(TrainingError, match=r"a\.mp4 has the"):
        Source(Path("a.mp4"), label, "d", "m", "", "a", "a", split=split)


def test_files_are_sorted_and_hidden_ones_left_out(tmp_path: Path) -> None:
    for name in ("b.mp4", "a.MP4", "c.txt", "._a.mp4"):
        (tmp_path / name).touch()
    assert [path.name for path in files_in(tmp_path)] == ["a.MP4", "b.mp4"]
    assert files_in(tmp_path / "gone") == []


def test_a_problem_reads_as_a_sentence() -> None:
    assert str(Problem("a.mp4", "it is broken")) == "a.mp4: it is broken"
