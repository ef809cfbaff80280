from collections.abc import Callable
from pathlib import Path

from lav_gui.training.sets.adapters import dfd


def test_the_official_tree_pairs_scenes_of_one_actor(tree: Callable[..., Path]) -> None:
    root = tree(
        "original_sequences/actors/c23/videos/01__exit_phone_room.mp4",
        "original_sequences/youtube/c23/videos/183.mp4",
        "manipulated_sequences/DeepFakeDetection/c23/videos/01_02__exit_phone_room__0XUW13RW.mp4",
        "manipulated_sequences/DeepFakeDetection/masks/videos/01_02__exit_phone_room__0XUW13RW.mp4",
    )
    found = dfd.find(root)
    real, fake = found.sources
    assert not found.problems
    assert (real.identity, real.compression, real.label) == ("01", "c23", 0)
    assert (fake.identity, fake.other_identity, fake.pair) == ("01", "02", real.key)
    assert fake.mask.place.endswith("masks/videos/01_02__exit_phone_room__0XUW13RW.mp4")
    assert dfd.detect(root)


def test_a_flat_folder_tells_its_compression(tree: Callable[..., Path]) -> None:
    root = tree("06__outside_talking.mp4", "08__podium_speech.mp4", "odd.mp4", root="dfd_actors_c40")
    found = dfd.find(root)
    assert [(source.identity, source.compression) for source in found.sources] == [("06", "c40"), ("08", "c40")]
    assert "odd.mp4" in found.problems[0].where
    assert dfd.detect(root)


def test_flat_folders_of_originals_and_fakes_are_paired(tree: Callable[..., Path]) -> None:
    root = tree("DFD_manipulated_sequences/01_02__walk__ABC.mp4", "DFD_original_sequences/01__walk.mp4")
    real, fake = dfd.find(root).sources
    assert fake.pair == real.key


def test_other_folders_are_not_dfd(tree: Callable[..., Path]) -> None:
    assert not dfd.detect(tree("real/a.mp4"))
    assert not dfd.detect(tree("real/a.mp4") / "gone")
