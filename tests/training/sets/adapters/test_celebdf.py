from collections.abc import Callable
from pathlib import Path

from lav_gui.training.sets.adapters import celebdf

OFFICIAL = (
    "Celeb-real/id0_0000.mp4",
    "Celeb-real/id1_0000.mp4",
    "YouTube-real/00170.mp4",
    "Celeb-synthesis/id0_id1_0000.mp4",
    "Celeb-synthesis/id1_id0_0009.mp4",
)


def test_a_synthesis_shows_its_first_person_and_pairs_with_that_original(tree: Callable[..., Path]) -> None:
    found = celebdf.find(tree(*OFFICIAL, root="Celeb-DF-v2"))
    by_name = {source.name: source for source in found.sources}
    fake = by_name["id0_id1_0000"]
    assert (fake.label, fake.identity, fake.other_identity) == (1, "id0", "id1")
    assert fake.pair == by_name["id0_0000"].key == "Celeb-DF-v2/real//id0_0000"
    assert by_name["id1_id0_0009"].pair == ""
    assert by_name["youtube00170"].identity == "youtube00170"
    assert not found.problems
    assert not found.notes


def test_the_list_says_one_for_real_and_is_turned_and_counted(tree: Callable[..., Path]) -> None:
    root = tree(*OFFICIAL)
    lines = ["1 Celeb-real/id0_0000.mp4", "1 YouTube-real/00170.mp4", "0 Celeb-synthesis/id0_id1_0000.mp4"]
    (root / "List_of_testing_videos.txt").write_text("\n".join(lines))  # no newline at the end, as SCIENCE 2.2, 32
    found = celebdf.find(root)
    assert {source.name: source.label for source in found.sources if source.split == "test"} == {
        "id0_0000": 0, "youtube00170": 0, "id0_id1_0000": 1,
    }  # fmt: skip
    assert sum(source.split == "" for source in found.sources) == 2
    assert not found.problems
    assert "2 real and 1 fake test videos" in found.notes[0]


def test_lines_of_the_list_that_do_not_fit_are_problems(tree: Callable[..., Path]) -> None:
    root = tree(*OFFICIAL)
    lines = "0 Celeb-real/id0_0000.mp4\n1 Celeb-real/gone.mp4\nreal x.mp4\n\n"
    (root / "List_of_testing_videos.txt").write_text(lines)
    found = celebdf.find(root)
    assert [problem.what.split("; ")[-1] for problem in found.problems][:2] == ["left out", "the folder counts"]
    assert "not in" in found.problems[2].what
    assert next(source for source in found.sources if source.name == "id0_0000").label == 0


def test_folders_of_recoded_copies_are_found_too(tree: Callable[..., Path]) -> None:
    root = tree("real/id13_0011_c.mp4", "deepfake/id13_id10_0011_c.mp4", "real/odd.mp4", root="celebdf_v1")
    found = celebdf.find(root)
    real, fake = found.sources
    assert fake.pair == real.key
    assert real.dataset == "Celeb-DF-v1"
    assert "odd.mp4" in found.problems[0].where
    assert celebdf.detect(root)


def test_only_its_own_layouts_are_detected(tree: Callable[..., Path]) -> None:
    assert celebdf.detect(tree(*OFFICIAL))
    assert not celebdf.detect(tree("real/a.mp4", "fake/b.mp4", root="other"))
