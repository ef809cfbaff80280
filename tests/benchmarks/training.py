"""Pictures per second of a training step: the released code's way beside ours, on the same faces in the same run."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F

from lav_gui.steps import run_to_end
from lav_gui.training.loop.config import TrainingConfig
from lav_gui.training.loop.files import RunFolder
from lav_gui.training.loop.loading import batches
from lav_gui.training.loop.options import Ingredient
from lav_gui.training.loop.processes import World
from lav_gui.training.loop.recipes import recipe
from lav_gui.training.loop.trainer import Trainer
from lav_gui.training.pictures.view import View, cut_view
from lav_gui.training.sets.prepare import prepare
from lav_gui.training.sets.settings import DataRoot, PrepareRequest, PrepareSettings
from lav_gui.training.sets.store import PreparedSet
from model_zoo.networks import LVNet, build
from model_zoo.networks.mpff import MPFF
from model_zoo.transforms import normalize

SIDE, STORED, PICTURES, STEPS = 299, 300, 8, 2
HALF = (0.5, 0.5, 0.5)


def training(demo: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Both ways, batch 8 at 299 px, pictures made on the fly; the first step of each is not counted."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    (folder / "demo.csv").write_text(f"path,label,identity,split\n{demo},0,two,train\n")
    run_to_end(prepare(PrepareRequest((DataRoot(folder / "demo.csv"),), folder / "set", PrepareSettings(frames=8))))
    theirs = _reference_way(folder / "set", device)
    ours = _our_way(folder, device)
    yield "the released code's way: float32, pictures per second", f"{theirs:.2f}"
    yield "ours: bf16, channels last, self-blending in a worker", f"{ours:.2f}  (x {ours / theirs:.2f})"


def _our_way(folder: Path, device: torch.device) -> float:
    config = _config(recipe("self_blend"))
    trainer = Trainer(config, folder, RunFolder(folder / "run"), World(0, 1, device))
    with batches(trainer.sources, config, trainer.world, (0, 1 + STEPS)) as loaded:
        trainer.stepper.step(loaded)
        begun = time.perf_counter()
        for _ in range(STEPS):
            trainer.stepper.step(loaded)
        _wait(device)
        return STEPS * PICTURES / (time.perf_counter() - begun)


def _config(base: TrainingConfig) -> TrainingConfig:
    return replace(
        base,
        ingredients=(Ingredient(prepared="set", kind="self_blend"),),
        data=replace(base.data, batch_units=PICTURES // 2, workers=1, validation=()),
        network=replace(base.network, start="nothing"),
        optimizer=replace(base.optimizer, ema_decay=0.0),
    )


def _reference_way(prepared: Path, device: torch.device) -> float:
    """Float32, contiguous, anomaly detection left on, faces stored at 300 px and resized for every sample."""
    opened = PreparedSet(prepared)
    stored = [cut_view(opened.patch(row), STORED, View()).image for row in opened.rows[:PICTURES]]
    torch.manual_seed(0)
    network = _with_whole_products(build("lvnet")).train().to(device)
    optimizer = torch.optim.Adam(network.parameters(), lr=5e-4, weight_decay=1e-5, foreach=False)
    labels = torch.arange(PICTURES, device=device) % 2

    def step() -> None:
        faces = [cv2.resize(image, (SIDE, SIDE)) for image in stored]
        masks = [cv2.resize(np.zeros((STORED, STORED), np.uint8), (SIDE, SIDE)) for _ in stored]
        rgb = normalize(torch.from_numpy(np.stack(faces)).to(device), HALF, HALF).contiguous()
        output = network(rgb, network.residual(rgb))
        cells = F.max_pool2d(torch.from_numpy(np.stack(masks))[:, None].float().to(device), 15)[:, 0, :19, :19].long()
        loss = F.cross_entropy(output.class_logits, labels) + F.cross_entropy(output.map_logits, cells)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    with torch.autograd.set_detect_anomaly(True):
        step()
        begun = time.perf_counter()
        for _ in range(STEPS):
            step()
        _wait(device)
        return STEPS * PICTURES / (time.perf_counter() - begun)


def _with_whole_products(network: LVNet) -> LVNet:
    """MPFF as the released code has it: the whole enlarged product at once, kept for the gradient."""

    class Whole(MPFF):
        def forward(self, shallow: torch.Tensor, deep: torch.Tensor, window: int) -> torch.Tensor:
            missing = window * deep.shape[-1] - shallow.shape[-1]
            sides = (missing // 2, (missing + 1) // 2) * 2
            padded = F.pad(shallow, sides, mode="replicate")
            enlarged = deep.repeat_interleave(window, 2).repeat_interleave(window, 3)
            scores = (padded * enlarged).tanh().sum(dim=1, keepdim=True)
            return F.unfold(scores, window, stride=window).unflatten(2, deep.shape[-2:])

    network.mpff = Whole()
    return network


def _wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
