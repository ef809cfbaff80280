from dataclasses import replace

import pytest

from lav_gui.report.appendix import GLOSSARY, case_record, details_text, edit_sentence, frame_table, glossary
from lav_gui.report.blocks import Facts, Paragraph, Table
from lav_gui.report.record import EditLine, Report


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (EditLine("exclude", 2, None, None), "Face 2 was left out."),
        (EditLine("merge", 2, 5, None), "Face 5 was joined to face 2."),
        (EditLine("split", 2, None, 40), "Face 2 was split: from frame 40 on it is a new face."),
        (EditLine("split", 2, 7, 40), "Face 2 was split: from frame 40 on it is face 7."),
    ],
)
def test_changes_by_hand_are_told_in_words(edit: EditLine, sentence: str) -> None:
    assert edit_sentence(edit) == sentence


def _audit_fact(report: Report) -> str:
    facts = next(block for block in case_record(report).blocks if isinstance(block, Facts))
    return next(fact.value for fact in facts.rows if fact.label == "Audit log")


def test_a_broken_audit_log_is_said_aloud(report: Report) -> None:
    broken = replace(report, audit=replace(report.audit, is_intact=False, finding="Entry 3 was changed."))
    assert _audit_fact(report) == "6 entries. All 6 entries are intact."
    assert _audit_fact(broken) == "6 entries. BROKEN: Entry 3 was changed."


def test_the_extract_of_the_log_says_how_much_it_is(report: Report) -> None:
    table = next(block for block in case_record(report).blocks if isinstance(block, Table))
    assert table.caption == "The newest 3; all are in audit.jsonl."
    assert table.rows[0] == ("4", "2026-05-09 07:35:25", "alice@lab", "run.start", "run: 1")


def test_log_details_are_readable_and_of_limited_length() -> None:
    assert details_text('{"file":"\\u674e.mp4","done":false,"n":{"a":1}}') == 'file: 李.mp4; done: false; n: {"a": 1}'
    assert details_text("not JSON") == "not JSON"
    assert len(details_text('{"text":"' + "x" * 999 + '"}')) == 301


def test_the_frame_table_says_that_it_is_whole_or_cut(report: Report) -> None:
    whole, table = frame_table(report).blocks
    assert isinstance(whole, Paragraph)
    assert isinstance(table, Table)
    assert "all 41 analyzed frames" in whole.text
    assert len(table.rows) == 81
    assert table.rows[-1][4] == "none"
    assert table.rows[0][-1] == report.frame_table.rows[0].digest[:32]
    cut = replace(report, frame_table=replace(report.frame_table, stride=843, frames=100_000))
    said = frame_table(cut).blocks[0]
    assert isinstance(said, Paragraph)
    assert "every 843rd of 100\u202f000 analyzed frames; the whole is too long to print" in said.text


def test_the_glossary_is_in_order() -> None:
    words = [word for word, _ in GLOSSARY]
    assert words == sorted(words, key=str.lower)
    assert glossary().appendix
