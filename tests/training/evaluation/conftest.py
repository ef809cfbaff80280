"""A small prepared set on disk, and a record for the narrow network of `tests/conftest.py`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import psutil
import pytest
import torch
from numpy.typing import NDArray

from lav_gui.engine.runner import FaceAnswer
from lav_gui.training.evaluation.scoring import ScoredFace
from lav_gui.training.evaluation.videos import VideoScore
from lav_gui.training.sets.card import Origin, SetCard, count_rows, sha256_of, write_card
from lav_gui.training.sets.index import FaceRow, write_index
from lav_gui.training.sets.store import CARD_NAME, INDEX_NAME, PreparedSet
from model_zoo.registry import UNTRAINED
from model_zoo.weights_record import Weights

SIDE = 64


def face_row(source: str, label: int = 0, frame: int = 0, **values: Any) -> FaceRow:
    method = values.get("method", "Deepfakes" if label else "real")
    given: dict[str, Any] = {
        "patch": f"{method}_{source}_{frame}_{values.get('track_id', 1)}.png",
        "mask": "",
        "split": "test",
        "dataset": "FF++",
        "method": method,
        "compression": "c23",
        "identity": source,
        "group": source,
        "pair": "",
        "track_id": 1,
        "box_xyxy": (20.0, 16.0, 60.0, 64.0),
        "landmarks": tuple(np.tile([40.0, 40.0], 68).tolist()),
        "sample_aspect_ratio": "1/1",
        "face_px": 40.0,
        "codec": "h264",
        "bits_per_pixel": 0.1,
    }
    return FaceRow(source=source, label=label, frame_index=frame, **(given | values))


def scored_face(row: FaceRow, logit: float, **values: Any) -> ScoredFace:
    given: dict[str, Any] = {
        "rgb_logit": np.nan,
        "noise_logit": np.nan,
        "heatmap": np.full((4, 4), 0.25, np.float16),
        "sharpness": 100.0,
        "localization": None,
    }
    return ScoredFace(row=row, logit=logit, **(given | values))


def video_score(source: str, label: int, logit: float, **values: Any) -> VideoScore:
    method = values.get("method", "Deepfakes" if label else "real")
    given: dict[str, Any] = {
        "split": "test",
        "dataset": "FF++",
        "method": method,
        "compression": "c23",
        "identity": source,
        "group": source,
        "pair": "",
        "codec": "h264",
        "frames": 8,
        "tracks": 1,
        "face_px": 120.0,
        "sharpness": 100.0,
        "bits_per_pixel": 0.1,
    }
    own = given | values
    return VideoScore(
        video="/".join((own["dataset"], method, own["compression"], source)),
        source=source, label=label, logit=logit, **own,
    )  # fmt: skip


@pytest.fixture(scope="session")
def weights() -> Weights:
    """A record for the narrow network: small crops, otherwise as the untrained default."""
    return replace(UNTRAINED, name="lvnet.narrow", input_size=SIDE, trained=True)


class BrightnessRunner:
    """Stands in for a network: takes bright faces for fakes."""

    def answers(self, images: Sequence[NDArray[np.uint8]], measured: Sequence[bool]) -> Iterator[FaceAnswer]:
        for image, _ in zip(images, measured, strict=True):
            yield FaceAnswer((float(image.mean()) - 140) / 10, np.full((4, 4), 0.5, np.float16), None)


@pytest.fixture
def brightness_runner() -> BrightnessRunner:
    return BrightnessRunner()


@pytest.fixture
def make_row() -> Callable[..., FaceRow]:
    """Makes a row from source, label and frame."""
    return face_row


@pytest.fixture
def make_face() -> Callable[..., ScoredFace]:
    """Makes a scored face from a row and a logit."""
    return scored_face


@pytest.fixture
def make_video() -> Callable[..., VideoScore]:
    """Makes a scored video from source, label and logit."""
    return video_score


@pytest.fixture(scope="session")
def make_prepared() -> Callable[[Path], PreparedSet]:
    """Makes a set of four people, each with a real video and a forgery of it with masks, two frames each."""
    return four_people


@pytest.fixture
def prepared(tmp_path: Path) -> PreparedSet:
    """The same in a folder of this test."""
    return four_people(tmp_path / "set")


def four_people(folder: Path) -> PreparedSet:
    folder.mkdir()
    rng = np.random.default_rng(0)
    rows = []
    for person in ("000", "001", "002", "003"):
        for label in (0, 1):
            for frame in (0, 10):
                row = face_row(person, label, frame, pair=f"FF++/real/c23/{person}" if label else "")
                picture = rng.integers(60 * label, 256, (80, 80, 3), dtype=np.uint8)  # fakes are brighter
                cv2.imwrite(str(folder / row.patch), picture)
                if label:
                    row = replace(row, mask=f"mask_{row.patch}")
                    mask = np.zeros((80, 80), np.uint8)
                    mask[24:40, 24:56] = 255
                    cv2.imwrite(str(folder / row.mask), mask)
                rows.append(row)
    write_index(folder / INDEX_NAME, rows)
    card = SetCard(
        name="four people",
        created="2026-11-24T00:00:00+00:00",
        origins=(Origin("ffpp", "/data/ff", "for tests"),),
        settings=(),
        counts=count_rows(rows),
        index_sha256=sha256_of(folder / INDEX_NAME),
        problems=(),
        leaks=(),
    )
    write_card(folder / CARD_NAME, card)
    return PreparedSet(folder)


@pytest.fixture(autouse=True, scope="module")
def _one_core() -> Iterator[None]:
    """One thread: two that wait for each other make tests crawl where other programs want the cores too."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psutil, "cpu_count", lambda logical=True: 1)
        yield
    torch.set_num_threads(before)
