"""The doors lead to the real child processes unless a test says otherwise."""

from lav_gui.settings import Settings
from lav_gui.ui.pace import pace_path
from lav_gui.ui.viewmodels.analysis import launch_child
from lav_gui.ui.viewmodels.export import render_in_child
from lav_gui.ui.viewmodels.models import Doors, Models


def test_the_doors_are_the_real_ones_by_default() -> None:
    doors = Doors()
    assert doors.launch is launch_child
    assert doors.render is render_in_child
    assert doors.pace_file is pace_path


def test_models_share_one_decoder_and_one_pool_of_jobs() -> None:
    models = Models(Settings(cache_megabytes=64))
    assert models.jobs.count == 0
    assert models.frames.isFinished() is False
    assert not models.frames.isRunning()
    assert models.choices.settings == Settings().analysis
