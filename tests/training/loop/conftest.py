"""A tiny prepared set whose fakes are easy to tell, and configurations that train on it in a second."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from lav_gui.training.loop.config import TrainingConfig
from lav_gui.training.loop.options import DataConfig, Ingredient, NetworkConfig, OptimizerConfig, RunConfig
from lav_gui.training.sets.card import Origin, SetCard, count_rows, sha256_of, write_card
from lav_gui.training.sets.index import FaceRow, write_index
from lav_gui.training.sets.landmarks import fit_shape
from lav_gui.training.sets.store import CARD_NAME, INDEX_NAME

SIDE = 96
BOX = (28.0, 20.0, 68.0, 76.0)
FIVE = np.array([[40.0, 42.0], [56.0, 42.0], [48.0, 52.0], [42.0, 62.0], [54.0, 62.0]])


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def _row(name: str, label: int, split: str, frame: int, **values: Any) -> FaceRow:
    given: dict[str, Any] = {
        "patch": f"{name}_{label}_{frame}.png",
        "mask": f"{name}_{label}_{frame}.mask.png" if label else "",
        "dataset": "made",
        "method": "Deepfakes" if label else "real",
        "compression": "",
        "identity": name,
        "group": name,
        "pair": f"made/real//{name}" if label else "",
        "track_id": 1,
        "box_xyxy": BOX,
        "landmarks": tuple(fit_shape(FIVE).ravel().tolist()),
        "sample_aspect_ratio": "1/1",
        "face_px": 40.0,
        "codec": "h264",
        "bits_per_pixel": 0.1,
    }
    return FaceRow(source=name, label=label, split=split, frame_index=frame, **(given | values))


def write_set(folder: Path, rows: list[FaceRow]) -> Path:
    """Gray noise for reals; the same with a bright square in the face for fakes."""
    folder.mkdir(parents=True, exist_ok=True)
    for row in rows:
        random = np.random.default_rng([row.frame_index, *row.source.encode()])
        image = random.integers(60, 140, (SIDE, SIDE, 3)).astype(np.uint8)
        if row.label:
            image[40:64, 36:60] = 255
            mask = np.zeros((SIDE, SIDE), np.uint8)
            mask[40:64, 36:60] = 255
            if row.mask:
                cv2.imwrite(str(folder / row.mask), mask)
        cv2.imwrite(str(folder / row.patch), image)
    write_index(folder / INDEX_NAME, rows)
    origin = Origin("table", "made.csv", "made here")
    card = SetCard(
        name=folder.name,
        created="2026-01-01T00:00:00+00:00",
        origins=(origin,),
        settings=(),
        counts=count_rows(rows),
        index_sha256=sha256_of(folder / INDEX_NAME),
        problems=(),
        leaks=(),
    )
    write_card(folder / CARD_NAME, card)
    return folder


@pytest.fixture
def make_rows() -> Callable[..., FaceRow]:
    """Makes a row from name, label, split and frame."""
    return _row


@pytest.fixture
def make_set() -> Callable[[Path, list[FaceRow]], Path]:
    """Writes a prepared set of given rows."""
    return write_set


@pytest.fixture
def prepared(tmp_path: Path) -> Path:
    """Four videos to train on and two to validate on, each real and fake, two frames."""
    splits = {"a": "train", "b": "train", "c": "train", "d": "train", "e": "val", "f": "val"}
    rows = [_row(n, label, split, frame) for n, split in splits.items() for label in (0, 1) for frame in (0, 1)]
    return write_set(tmp_path / "prepared", rows)


@pytest.fixture
def config(prepared: Path) -> TrainingConfig:
    """Two units a step, 64 px, an eighth of the channels, no workers."""
    return TrainingConfig(
        recipe="tiny",
        ingredients=(Ingredient(prepared=prepared.name, kind="labeled"),),
        data=DataConfig(batch_units=4, workers=0, augmentation="none", validation=(prepared.name,)),
        network=NetworkConfig(architecture="lvnet_eighth", sizes=((0, 64),)),
        optimizer=OptimizerConfig(learning_rate=1e-3, schedule="constant"),
        run=RunConfig(images=32, precision="float32", report_every=1, checkpoint_every=8, validate_every=1000),
    )


@pytest.fixture
def change() -> Callable[..., TrainingConfig]:
    """Changes options of sections: change(config, run={"images": 8})."""

    def changed(config: TrainingConfig, **sections: dict[str, Any]) -> TrainingConfig:
        return replace(config, **{name: replace(getattr(config, name), **v) for name, v in sections.items()})

    return changed
