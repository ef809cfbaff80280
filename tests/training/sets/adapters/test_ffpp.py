import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.sets.adapters import ffpp
from lav_gui.training.sets.sources import NO_MASK, MaskKind, MaskRule

OFFICIAL = (
    "original_sequences/youtube/c23/videos/183.mp4",
    "original_sequences/youtube/c23/videos/253.mp4",
    "original_sequences/youtube/raw/videos/183.mp4",
    "original_sequences/actors/c23/videos/01__exit.mp4",
    "manipulated_sequences/Deepfakes/c23/videos/183_253.mp4",
    "manipulated_sequences/Deepfakes/masks/videos/183_253.mp4",
    "manipulated_sequences/NeuralTextures/raw/videos/183_253.mp4",
    "manipulated_sequences/DeepFakeDetection/c23/videos/01_02__exit__X.mp4",
)


def test_the_official_tree_gives_people_pairs_masks_and_compressions(tree: Callable[..., Path]) -> None:
    root = tree(*OFFICIAL)
    found = ffpp.find(root)
    assert not found.problems
    assert [source.key for source in found.sources] == [
        "FaceForensics++/real/c0/183",
        "FaceForensics++/NeuralTextures/c0/183_253",
        "FaceForensics++/real/c23/183",
        "FaceForensics++/real/c23/253",
        "FaceForensics++/Deepfakes/c23/183_253",
    ]
    fake = found.sources[-1]
    assert (fake.label, fake.identity, fake.other_identity) == (1, "183", "253")
    assert fake.pair == "FaceForensics++/real/c23/183"
    masks = root / "manipulated_sequences/Deepfakes/masks/videos/183_253.mp4"
    assert fake.mask == MaskRule(MaskKind.VIDEO, str(masks))
    assert found.sources[1].mask == NO_MASK


def test_masks_may_lie_below_the_compression(tree: Callable[..., Path]) -> None:
    mask = "manipulated_sequences/Deepfakes/c23/masks/videos/183_253.mp4"
    root = tree("manipulated_sequences/Deepfakes/c23/videos/183_253.mp4", mask)
    (fake,) = ffpp.find(root).sources
    assert fake.mask.place == str(root / mask)
    assert fake.pair == ""


def test_flat_folders_tell_the_compression_by_their_name(tree: Callable[..., Path]) -> None:
    root = tree("ffpp_c40/original/183.mp4", "ffpp_c40/Face2Face/183_253.mp4", "ffpp_c23/original/183.mp4", "x/y.mp4")
    found = ffpp.find(root)
    assert [(source.compression, source.method) for source in found.sources] == [
        ("c23", "real"), ("c40", "real"), ("c40", "Face2Face"),
    ]  # fmt: skip
    assert found.sources[2].pair == found.sources[1].key
    assert len(ffpp.find(root / "ffpp_c40").sources) == 2


def test_a_video_of_odd_name_is_a_problem(tree: Callable[..., Path]) -> None:
    found = ffpp.find(tree("ffpp_c40/original/183.mp4", "ffpp_c40/original/copy of 183.mp4"))
    assert len(found.sources) == 1
    assert "copy of 183.mp4" in found.problems[0].where


def test_official_splits_go_by_pair(tree: Callable[..., Path]) -> None:
    root = tree(*OFFICIAL, "ffpp_c40/original/999.mp4")
    (root / "splits").mkdir()
    for split, pairs in (("train", [["183", "253"]]), ("val", [["001", "002"]]), ("test", [[3, 4]])):
        (root / "splits" / f"{split}.json").write_text(json.dumps(pairs))
    found = ffpp.find(root)
    assert {source.name: source.split for source in found.sources} == {
        "183": "train", "253": "train", "183_253": "train", "999": "",
    }  # fmt: skip
    assert [Path(problem.where).stem for problem in found.problems] == ["999"]


def test_a_file_of_splits_that_is_not_understood_is_refused(tree: Callable[..., Path]) -> None:
    root = tree(*OFFICIAL)
    for split in ("train", "val", "test"):
        (root / f"{split}.json").write_text("[1]")
    with pytest.raises(TrainingError, match="not a list of pairs"):
        ffpp.find(root)


def test_only_its_own_layouts_are_detected(tree: Callable[..., Path]) -> None:
    assert ffpp.detect(tree(*OFFICIAL))
    assert ffpp.detect(tree("original/1.mp4", root="ffpp_c40"))
    assert not ffpp.detect(tree("real/1.mp4", root="other"))
