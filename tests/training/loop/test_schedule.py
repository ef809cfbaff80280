import pytest

from lav_gui.training.loop.options import OptimizerConfig
from lav_gui.training.loop.schedule import crop_side, ema_weight, learning_rate


def test_the_papers_rate_halves_every_five_epochs() -> None:
    options = OptimizerConfig(learning_rate=8.0)
    rates = [learning_rate(options, epoch * 100, 3000, 100) for epoch in (0, 4, 5, 9, 10, 29)]
    assert rates == [8.0, 8.0, 4.0, 4.0, 2.0, 0.25]


def test_the_cosine_falls_from_the_peak_to_its_floor() -> None:
    options = OptimizerConfig(learning_rate=1.0, schedule="cosine")
    rates = [learning_rate(options, images, 100, 10) for images in (0, 50, 100, 200)]
    assert rates == pytest.approx([1.0, 0.505, 0.01, 0.01])


def test_a_warm_up_rises_and_ends() -> None:
    options = OptimizerConfig(learning_rate=1.0, schedule="constant", warmup_images=100)
    rates = [learning_rate(options, images, 1000, 10) for images in (0, 49, 99, 500)]
    assert rates == pytest.approx([0.01, 0.5, 1.0, 1.0])


def test_the_crop_grows_where_it_is_told() -> None:
    sizes = ((0, 192), (1000, 256), (2000, 299))
    assert [crop_side(sizes, images) for images in (0, 999, 1000, 5000)] == [192, 192, 256, 299]


def test_the_average_forgets_its_start_soon() -> None:
    assert [ema_weight(0.99, updates) for updates in (0, 10, 10_000)] == pytest.approx([0.1, 0.55, 0.99])
