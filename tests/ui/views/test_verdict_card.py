"""The verdict in plain words."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from lav_gui.records import Reason, VerdictState
from lav_gui.ui.colors import DARK
from lav_gui.ui.style import apply_theme
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.views.score_scale import ScoreScale
from lav_gui.ui.views.verdict_card import MOST_REASONS, VerdictCard


def texts(card: VerdictCard) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if not label.isHidden()]


def test_it_tells_state_score_reasons_and_what_was_not_judged(qtbot: QtBot, judged: Judged) -> None:
    card = VerdictCard()
    qtbot.addWidget(card)
    card.show_judged(judged)
    shown = " ".join(texts(card))
    assert "0.82" in shown
    assert "Speaks for manipulation" in shown
    assert "Speaks against" in shown
    assert "28 of the 56 frames" in shown
    assert "28 frames analyzed" in shown


def test_no_state_says_that_a_video_is_fake(qtbot: QtBot, judged: Judged) -> None:
    card = VerdictCard()
    qtbot.addWidget(card)
    for state in VerdictState:
        card.show_judged(replace_state(judged, state))
        assert "fake" not in texts(card)[0].lower()


def replace_state(judged: Judged, state: VerdictState) -> Judged:
    return Judged(replace(judged.verdict, state=state), judged.measured, judged.facts, judged.frames_analyzed)


def test_while_it_runs_the_verdict_is_provisional(qtbot: QtBot, judged: Judged) -> None:
    card = VerdictCard()
    qtbot.addWidget(card)
    card.show_running(True)
    assert "The first results are on their way." in texts(card)
    card.show_judged(judged)
    assert any("Provisional: 28 frames analyzed so far" in text for text in texts(card))
    card.show_judged(Judged(judged.verdict, (), judged.facts, 0))
    assert "No verdict yet" in texts(card)
    card.show_judged(judged)
    card.show_running(False)
    assert any(text.startswith("28 frames analyzed") for text in texts(card))


def test_a_run_that_was_stopped_says_so_until_it_goes_on(qtbot: QtBot, judged: Judged) -> None:
    card = VerdictCard()
    qtbot.addWidget(card)
    card.show_judged(judged)
    card.show_unfinished(True)
    assert any(text.startswith("Not finished: 28 frames analyzed of ") for text in texts(card))
    assert "Not finished: 28 frames analyzed" in card.accessibleDescription()
    card.show_unfinished(False)
    assert any(text.startswith("28 frames analyzed") for text in texts(card))


def test_untrained_numbers_are_said_to_mean_nothing(qtbot: QtBot, judged: Judged) -> None:
    card = VerdictCard()
    qtbot.addWidget(card)
    facts = replace(judged.facts, weights=replace(judged.facts.weights, trained=False))
    card.show_judged(Judged(judged.verdict, judged.measured, facts, 28))
    assert any("means nothing" in text for text in texts(card))


def test_many_reasons_are_cut_and_it_says_so(qtbot: QtBot, judged: Judged) -> None:
    card = VerdictCard()
    qtbot.addWidget(card)
    many = tuple(Reason("x", f"Reason {number}.") for number in range(MOST_REASONS + 3))
    card.show_judged(Judged(replace(judged.verdict, reasons=many), judged.measured, judged.facts, 28))
    assert "and 3 more, in the report" in texts(card)


def test_it_follows_the_theme(qtbot: QtBot, judged: Judged, qapp: QApplication) -> None:
    card = VerdictCard()
    qtbot.addWidget(card)
    card.show_judged(judged)
    before = card.findChildren(QLabel)[0].pixmap().toImage()
    apply_theme(qapp, DARK)
    assert card.findChildren(QLabel)[0].pixmap().toImage() != before


def test_it_says_what_the_state_means_and_does_not(qtbot: QtBot, judged: Judged) -> None:
    card = VerdictCard()
    qtbot.addWidget(card)
    card.show_judged(replace_state(judged, VerdictState.LIKELY_FAKE))
    assert any("not a proof" in text for text in texts(card))
    card.show_judged(replace_state(judged, VerdictState.LIKELY_REAL))
    assert any("does not show that the video is authentic" in text for text in texts(card))


def test_a_screen_reader_gets_the_whole_card_and_the_keyboard_reaches_it(qtbot: QtBot, judged: Judged) -> None:
    card = VerdictCard()
    qtbot.addWidget(card)
    card.show_judged(judged)
    told = card.accessibleDescription()
    for label in card.findChildren(QLabel):
        for line in label.text().splitlines():
            assert line.rstrip(".") in told
    assert card.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_finding_leads_to_its_place(qtbot: QtBot, judged: Judged) -> None:
    card = VerdictCard()
    qtbot.addWidget(card)
    card.show_judged(judged)
    segment = next(each for each in judged.verdict.speaks_for if each.code == "segment")
    frame = int(dict(segment.values)["peak_frame"])
    button = next(b for b in card.findChildren(QToolButton) if str(frame) in b.accessibleName())
    with qtbot.waitSignal(card.place_asked) as asked:
        button.click()
    assert asked.args == [1, frame]


def test_no_scale_is_shown_for_numbers_that_mean_nothing(qtbot: QtBot, judged: Judged) -> None:
    card = VerdictCard()
    qtbot.addWidget(card)
    card.show_judged(judged)
    scale = card.findChild(ScoreScale)
    assert not scale.isHidden()
    facts = replace(judged.facts, weights=replace(judged.facts.weights, trained=False))
    card.show_judged(Judged(judged.verdict, judged.measured, facts, 28))
    assert scale.isHidden()


def test_the_rate_of_the_threshold_is_told_once(qtbot: QtBot, judged: Judged) -> None:
    card = VerdictCard()
    qtbot.addWidget(card)
    reasons = (Reason("measured_rate", "The threshold was set for …"), Reason("x", "Another reason."))
    card.show_judged(replace(judged, verdict=replace(judged.verdict, reasons=reasons)))
    assert "Another reason." in texts(card)
    assert "The threshold was set for …" not in texts(card)
