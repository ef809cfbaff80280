"""Looking through a video beside the window."""

from collections.abc import Generator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.survey import SurveyModel


def counting(desk: Desk, looked: list[int]) -> SurveyModel:
    def look(_: object) -> Generator[int | None, None, None]:
        looked.append(1)
        for number in range(200):
            yield number if number % 2 else None

    return SurveyModel(desk.jobs, desk.document, look, lambda parts, _: len(parts))


def test_it_looks_only_when_asked_and_only_once(qtbot: QtBot, opened: Desk) -> None:
    looked: list[int] = []
    told: list[Any] = []
    model = counting(opened, looked)
    model.changed.connect(told.append)
    assert looked == []
    model.want(True)
    qtbot.waitUntil(lambda: not model.is_looking, timeout=5000)
    assert told[-1] == 100
    model.want(False)
    model.want(True)
    assert not model.is_looking
    assert looked == [1]


def test_another_video_is_looked_through_anew(qtbot: QtBot, opened: Desk) -> None:
    looked: list[int] = []
    told: list[Any] = []
    model = counting(opened, looked)
    model.changed.connect(told.append)
    model.want(True)
    qtbot.waitUntil(lambda: not model.is_looking, timeout=5000)
    opened.document.opened.emit(opened.document.video)
    assert told[-1] is None
    qtbot.waitUntil(lambda: told[-1] == 100, timeout=5000)
    assert looked == [1, 1]


def test_cuts_of_the_demo_are_looked_for(qtbot: QtBot, opened: Desk) -> None:
    found: list[Any] = []
    opened.content.changed.connect(found.append)
    opened.content.want(True)
    qtbot.waitUntil(lambda: not opened.content.is_looking, timeout=15_000)
    assert len(found[-1].places) == 56
    assert len(found[-1].cuts) == 0


def test_a_file_without_sound_has_no_wave(qtbot: QtBot, opened: Desk) -> None:
    with qtbot.assertNotEmitted(opened.wave.changed):
        opened.wave.want(True)
        qtbot.waitUntil(lambda: not opened.wave.is_looking, timeout=5000)


@pytest.mark.parametrize("wanted_before", [True, False])
def test_it_stops_when_nobody_looks_on_any_more(qtbot: QtBot, opened: Desk, wanted_before: bool) -> None:
    def endless(_: object) -> Generator[None, None, None]:
        while True:
            yield None

    model = SurveyModel(opened.jobs, opened.document, endless, lambda parts, _: parts)
    if wanted_before:
        model.want(True)
        assert model.is_looking
    model.want(False)
    assert not model.is_looking
    qtbot.waitUntil(lambda: opened.jobs.count == 0, timeout=5000)
