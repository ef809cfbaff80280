from collections.abc import Callable
from dataclasses import replace

import pytest

from lav_gui.report.blocks import Bullets, Callout, Facts, Paragraph
from lav_gui.report.record import Examination, Report
from lav_gui.report.summary import cover_facts, sampling_words, summary
from lav_gui.settings import Sampling


def test_what_only_people_know_is_a_line_to_be_filled_in(report: Report) -> None:
    facts = {fact.label: fact for fact in cover_facts(report)}
    assert facts["Case number"].value == "2026/117"
    assert facts["Examiner"].value == "Nguyễn Владимир"
    assert facts["Laboratory"].style == "blank"
    assert facts["Status"].value == "DRAFT"


def test_the_summary_shows_two_findings_of_each_kind_and_counts_the_rest(report: Report) -> None:
    lists = [block.items for block in summary(report).blocks if isinstance(block, Bullets)]
    assert lists[0] == ("Finding 0 that speaks for it.", "Finding 1 that speaks for it.", "1 more under Results.")
    assert lists[1] == ("Face 2 nowhere stays high and as a whole scores 0.10.",)


def test_the_summary_answers_with_the_state_and_its_reasons(report: Report) -> None:
    callout = next(block for block in summary(report).blocks if isinstance(block, Callout))
    assert callout.title == "Likely manipulated"
    assert callout.text == "Face 1 scores 0.87, not below the threshold 0.71."


def test_the_question_of_the_request_is_printed(make_report: Callable[..., Report]) -> None:
    report = replace(make_report(), examination=Examination(question="Is person A\nshown?"))
    assert Paragraph("Is person A shown?") in summary(report).blocks


def test_a_run_that_was_cut_off_is_told_on_the_first_page(report: Report) -> None:
    run = replace(report.run, state="cancelled", frames_planned=100)
    assert "The run is not complete (cancelled): 59 of 100" in scope(replace(report, run=run))
    assert scope(report).endswith("without a face")


def scope(report: Report) -> str:
    """What the summary says of how much was analyzed."""
    tables = [block for block in summary(report).blocks if isinstance(block, Facts)]
    return next(fact.value for table in tables for fact in table.rows if fact.label == "Analyzed")


@pytest.mark.parametrize(
    ("sampling", "words"),
    [("every:1", "every frame"), ("every:3", "every 3rd frame"), ("fps:2.5", "about 2.5 per second"),
     (None, "as the device decided")],
)  # fmt: skip
def test_the_sampling_is_told_in_words(sampling: str | None, words: str) -> None:
    assert sampling_words(None if sampling is None else Sampling.parse(sampling)) == words
