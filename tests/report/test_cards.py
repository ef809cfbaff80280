from dataclasses import replace

from lav_gui.report.blocks import ColorBar, FaceCard, Paragraph
from lav_gui.report.cards import strongest_frames
from lav_gui.report.document import page_pictures
from lav_gui.report.record import Report


def _cards(report: Report) -> list[FaceCard]:
    return [block for block in strongest_frames(report) if isinstance(block, FaceCard)]


def test_a_card_names_frame_time_stamp_and_digest(report: Report) -> None:
    card, shown = _cards(report)[0], report.faces[0]
    facts = {fact.label: fact.value for fact in card.facts}
    assert card.title == "Face 1, frame 20, 00:00:00.800"
    assert facts["PTS"] == "10240 × 1/12800 s, type P"
    assert facts["Frame SHA-256"] == shown.result.digest
    assert facts["Decoded again"] == "yes, same SHA-256"
    row, column = divmod(int(shown.face.heatmap.argmax()), 19)
    assert facts["Highest patch"].endswith(f"at row {row + 1}, column {column + 1} of 19")


def test_each_picture_of_a_card_is_made_and_described(report: Report) -> None:
    files = page_pictures(report)
    for card in _cards(report):
        assert card.frame is not None
        for picture in (card.frame, *card.squares):
            assert picture.file in files
            assert picture.description


def test_the_color_scale_comes_before_the_cards(report: Report) -> None:
    kinds = [type(block) for block in strongest_frames(report)]
    assert kinds == [Paragraph, ColorBar, FaceCard, FaceCard, FaceCard]


def test_contributions_off_the_stride_are_told_as_not_measured(report: Report) -> None:
    values = [next(fact.value for fact in card.facts if fact.label == "Contributions") for card in _cards(report)]
    assert values[0].startswith("color +")
    assert values[2] == "not measured on this frame"


def test_another_digest_is_said_aloud(report: Report) -> None:
    changed = replace(report.faces[0], digest_now="f" * 64, remark="Other pixels.")
    card = _cards(replace(report, faces=(changed,)))[0]
    assert f"yes, OTHER SHA-256 {'f' * 64}" in [fact.value for fact in card.facts]
    assert card.remark == "Other pixels."


def test_without_the_video_a_card_has_its_heatmap_only(report: Report) -> None:
    bare = replace(report.faces[0], pictures=None, digest_now=None)
    card = _cards(replace(report, faces=(bare,)))[0]
    assert card.frame is None
    assert [picture.caption for picture in card.squares] == ["Heatmap"]
    assert next(fact.value for fact in card.facts if fact.label == "Decoded again") == "no"


def test_no_shown_frame_is_told_as_such(report: Report) -> None:
    assert list(strongest_frames(replace(report, faces=()))) == [Paragraph("No frame is shown.")]
