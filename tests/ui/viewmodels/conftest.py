"""A judged run for the data of the timeline: two faces, on every other frame, with a hole and frames without a face."""

from pathlib import Path

import numpy as np
import pytest

from lav_gui.media.inspect import inspect_file
from lav_gui.records import TrackSeries
from lav_gui.settings import AnalysisSettings
from lav_gui.ui.viewmodels.results import Judged, RunFacts
from lav_gui.verdict.judge import judge
from model_zoo.weights_record import Weights


def track(track_id: int, frames: list[int], logit: float) -> TrackSeries:
    index = np.array(frames, np.int64)
    n = len(index)
    rgb = np.where(index % 4 == 0, logit, np.nan)
    noise = np.where(index % 8 == 0, -0.75 * logit, 0.5 * logit)
    noise = np.where(np.isnan(rgb), np.nan, noise)
    columns = (index / 25, np.full(n, logit), np.full(n, 100.0), np.full(n, 90.0))
    return TrackSeries(track_id, index, *columns, rgb, noise, np.where(np.isnan(rgb), np.nan, 0.2))


@pytest.fixture
def judged(demo_clip: Path, trained_weights: Weights) -> Judged:
    """Face 1 in 0 to 40 but for 20 to 26, high; face 2 in 10 to 30, low; 42 to 46 too small, 48 to 54 nobody."""
    seen = [n for n in range(0, 42, 2) if not 20 <= n <= 26]
    series = (track(1, seen, 3.0), track(2, list(range(10, 32, 2)), -2.0))
    planned = np.arange(0, 56, 2)
    facts = RunFacts(1, trained_weights, AnalysisSettings(), inspect_file(demo_clip).media, planned)
    verdict = judge(series, trained_weights, facts.settings, facts.media, len(planned))
    return Judged(verdict, series, facts, len(planned), planned, np.array([42, 44, 46]))
