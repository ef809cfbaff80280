import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from lav_gui.training.loop.options import DataConfig
from lav_gui.training.loop.processes import World
from lav_gui.training.loop.validation import Validator, hold_out
from lav_gui.training.sets.store import PreparedSet
from model_zoo.networks import NetworkOutput

HALF = (0.5, 0.5, 0.5)
ALONE = World(0, 1, torch.device("cpu"))


class Brightness(nn.Module):
    """Takes bright faces for fakes, and bright cells for forged."""

    def residual(self, images: torch.Tensor) -> torch.Tensor:
        return images

    def forward(self, rgb: torch.Tensor, residual: torch.Tensor) -> NetworkOutput:
        assert not self.training
        cells = nn.functional.adaptive_avg_pool2d(rgb, 8).mean(dim=1)
        margin = 20 * (cells.mean(dim=(1, 2)) + 0.1)
        zero = torch.zeros_like(margin)
        return NetworkOutput(torch.stack([zero, margin], 1), torch.stack([torch.zeros_like(cells), cells], 1))


def test_fakes_that_are_brighter_are_told_apart_and_located(prepared: Path) -> None:
    held_out = hold_out([PreparedSet(prepared)], DataConfig())
    assert {row.split for row in held_out.rows} == {"val"}
    network = Brightness().train()
    found = Validator(held_out, HALF, HALF, "float32").validate(network, ALONE, 64, 160, 1.5)  # type: ignore[arg-type]
    assert (found.faces, found.videos, found.images, found.epoch) == (8, 4, 160, 1.5)
    assert found.frame_auc == found.video_auc == 1.0
    assert found.pixel_auc > 0.9
    assert network.training, "the network goes on training"


def test_the_score_is_the_very_one_that_the_weights_will_have(prepared: Path) -> None:
    class Contrast(Brightness):
        """The class head says nothing; the maps of fakes have a bright row, and those of reals a dark one."""

        def forward(self, rgb: torch.Tensor, residual: torch.Tensor) -> NetworkOutput:
            cells = torch.zeros(len(rgb), 4, 4)
            cells[:, 0] = (super().forward(rgb, residual).class_logits[:, 1] > 0).float()[:, None]
            return NetworkOutput(torch.zeros(len(rgb), 2), torch.stack([torch.zeros_like(cells), cells], 1))

    held_out = hold_out([PreparedSet(prepared)], DataConfig())
    by_class, by_both = (
        Validator(held_out, HALF, HALF, "float32", contrast).validate(Contrast(), ALONE, 64, 0, 0.0)  # type: ignore[arg-type]
        for contrast in (0.0, 2.0)
    )
    assert (by_class.frame_auc, by_both.frame_auc) == (0.5, 1.0)
    assert by_both.class_loss == by_class.class_loss == pytest.approx(math.log(2))


def test_faces_are_spread_over_the_video(prepared: Path, make_rows: Callable[..., object], make_set: object) -> None:
    assert len(hold_out([PreparedSet(prepared)], DataConfig(validation_frames=1)).rows) == 4
    assert len(hold_out([PreparedSet(prepared)], DataConfig(validation_split="train")).rows) == 16


def test_a_network_that_says_nothing_has_an_auc_of_one_half(prepared: Path) -> None:
    class Silent(Brightness):
        def forward(self, rgb: torch.Tensor, residual: torch.Tensor) -> NetworkOutput:
            return NetworkOutput(torch.zeros(len(rgb), 2), torch.zeros(len(rgb), 2, 8, 8))

    found = Validator(hold_out([PreparedSet(prepared)], DataConfig()), HALF, HALF, "bf16").validate(
        Silent(),  # type: ignore[arg-type]
        ALONE, 64, 0, 0.0,
    )  # fmt: skip
    assert found.frame_auc == 0.5
    assert found.class_loss == pytest.approx(math.log(2))
    assert np.isfinite(found.frame_auc_interval).all()
