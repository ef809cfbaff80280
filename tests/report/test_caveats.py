from dataclasses import replace

from lav_gui.records import Gap
from lav_gui.report.blocks import Blank, Bullets, Paragraph, Table
from lav_gui.report.caveats import GAPS_SHOWN, examiner, gaps, limitations
from lav_gui.report.record import Examination, Report


def test_gaps_are_listed_with_frame_time_stamp_and_reason(faceless_report: Report) -> None:
    table = next(block for block in gaps(faceless_report).blocks if isinstance(block, Table))
    assert table.rows[0] == ("3", "1536", "00:00:00.120", "the packet is damaged")


def test_a_file_without_gaps_says_so(report: Report) -> None:
    assert Paragraph("Every analyzed packet of the stream yielded a picture.") in gaps(report).blocks


def test_many_gaps_are_cut_and_the_cut_is_told(report: Report) -> None:
    many = tuple(Gap(n, n, "damaged") for n in range(GAPS_SHOWN + 7))
    table = next(block for block in gaps(replace(report, gaps=many)).blocks if isinstance(block, Table))
    assert len(table.rows) == GAPS_SHOWN
    assert "7 more are in the attached result.json" in table.caption


def test_a_run_that_was_cut_off_is_told(report: Report) -> None:
    run = replace(report.run, state="cancelled", frames_planned=100)
    listed = next(block for block in gaps(replace(report, run=run)).blocks if isinstance(block, Bullets))
    assert listed.items[0].startswith("The run is not complete (cancelled): 59 of 100 planned frames")


def test_notices_of_the_run_are_passed_on(report: Report) -> None:
    blocks = gaps(replace(report, notices=("The batch was halved.",))).blocks
    assert Bullets(("The batch was halved.",)) in blocks


def test_limitations_begin_with_the_weightiest(untrained_report: Report) -> None:
    first = limitations(untrained_report).blocks[0]
    assert isinstance(first, Paragraph)
    assert first.style == "strong"
    assert "random weights" in first.text


def test_the_examiner_gets_empty_boxes_and_places_to_sign(report: Report) -> None:
    boxes = [block for block in examiner(report).blocks if isinstance(block, Blank)]
    assert len(boxes) == 4
    assert all(box.paragraphs == () for box in boxes)


def test_the_examiners_own_opinion_is_printed_into_its_box(report: Report) -> None:
    typed = replace(report, examination=Examination(opinion="First.\nSecond."))
    boxes = [block for block in examiner(typed).blocks if isinstance(block, Blank)]
    assert boxes[1].paragraphs == ("First.", "Second.")


def test_notes_name_their_frames(report: Report) -> None:
    table = next(block for block in examiner(report).blocks if isinstance(block, Table))
    assert table.rows == (("20–25", "Observation", "Look at the hair line.", "alice", "2026-05-09 08:00"),)


def test_a_long_request_is_printed_in_full_before_the_boxes(report: Report) -> None:
    long = "Was face A exchanged? " * 40
    blocks = examiner(replace(report, examination=Examination(question=long))).blocks
    assert Paragraph(long.strip()) in blocks
