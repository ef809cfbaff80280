"""Runs the network over crops in batches of one fixed shape, and makes do with less when a GPU's memory is full.

A convolution's sums depend on the shape of its batch, because another shape may take another kernel. So every batch
has the same shape, filled up where faces are missing: a face's numbers then depend on no neighbor, and an analysis that
was interrupted goes on with the same numbers.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from lav_gui.engine.contributions import ContributionMeter
from lav_gui.engine.device import is_out_of_memory, reproducible
from lav_gui.errors import ModelError
from lav_gui.records import Contributions
from model_zoo.checkpoints import load_network, prepare_for_inference
from model_zoo.errors import WeightsError
from model_zoo.margins import margins
from model_zoo.networks import Network, NetworkOutput
from model_zoo.transforms import normalize
from model_zoo.weights_record import Weights

PRECISION = "float32"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class FaceAnswer:
    """What the network said of one crop.

    Attributes
    ----------
    logit : float
        Fake minus real, as `model_zoo.margins` makes it of the network's two heads.
    heatmap : ndarray of shape (G, G), float16
        Softmax of the map's fake channel, in [0, 1].
    contributions : Contributions or None
        None where not asked for.
    """

    logit: float
    heatmap: NDArray[np.float16]
    contributions: Contributions | None


CPU_BATCH = 1
"""Faces per pass on a CPU: one was measured to be as fast as eight (2 cores: 0.35 s per face against 0.40 s), wastes
nothing on filled-up batches, and gives each answer as soon as it can be had."""


class NetworkRunner:
    """One network on one device.

    Parameters
    ----------
    network : Network
        In evaluation mode, on `device`.
    weights : Weights
        For normalization and messages.
    device : str
        "cpu", "cuda:N" or "mps".
    batch_size : int
        Faces per pass; halved when memory runs out.
    """

    def __init__(self, network: Network, weights: Weights, device: str, batch_size: int) -> None:
        self._network = network
        self._weights = weights
        self._device = device
        self._batch = batch_size
        self._meter = ContributionMeter(self._margin)
        self._notices: list[str] = []

    def answers(self, images: Sequence[NDArray[np.uint8]], measured: Sequence[bool]) -> Iterator[FaceAnswer]:
        """Judge crops, one batch at a time, each batch only when its first answer is asked for.

        Parameters
        ----------
        images : sequence of ndarray of shape (S, S, 3), uint8
            RGB crops.
        measured : sequence of bool
            Whether contributions are wanted, one per crop.

        Raises
        ------
        ModelError
            If the device fails, or its memory does not hold even one face.
        """
        done = 0
        while done < len(images):
            stop = min(done + self._batch, len(images))
            batch = self._attempt(np.stack(images[done:stop]), np.array(measured[done:stop]))
            if batch is None:
                self._halve()
                continue
            yield from batch
            done = stop

    def take_notices(self) -> tuple[str, ...]:
        """Sentences on what went otherwise than planned since the last call."""
        taken = tuple(self._notices)
        self._notices.clear()
        return taken

    def _attempt(self, images: NDArray[np.uint8], measured: NDArray[np.bool_]) -> list[FaceAnswer] | None:
        """Answers for at most one batch; None when memory ran out."""
        try:
            with reproducible(), torch.inference_mode():
                return self._run(images, measured)
        except RuntimeError as error:
            if is_out_of_memory(error):
                _log.warning("out of memory with a batch of %d: %s", self._batch, error)
                return None
            advice = "report this error" if self._device == "cpu" else "start again or choose the device cpu"
            raise ModelError(f"The network {self._weights.name} failed on {self._device}; {advice}.") from error

    def _run(self, images: NDArray[np.uint8], measured: NDArray[np.bool_]) -> list[FaceAnswer]:
        count = len(images)
        crops = torch.from_numpy(self._filled(images)).to(self._device)
        rgb = normalize(crops, self._weights.mean, self._weights.std)  # (B, 3, S, S)
        residual = self._network.residual(rgb)  # (B, 3, S, S)
        output = self._network(rgb, residual)
        logits = self._margins(output)[:count]  # (N,)
        heatmaps = torch.softmax(output.map_logits[:count], dim=1)[:, 1].cpu().half().numpy()  # (N, G, G)
        parts: dict[int, Contributions] = {}
        chosen = np.flatnonzero(measured)
        if len(chosen):
            rows = torch.from_numpy(np.resize(chosen, self._batch)).to(self._device)
            found = self._meter.measure(_rows(rgb, rows), _rows(residual, rows), logits[chosen])
            parts = dict(zip(chosen.tolist(), found, strict=True))
        return [FaceAnswer(float(logits[i]), heatmaps[i], parts.get(i)) for i in range(count)]

    def _filled(self, images: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The crops, repeated until the batch is full."""
        return np.resize(images, (self._batch, *images.shape[1:]))

    def _margin(self, rgb: torch.Tensor, residual: torch.Tensor) -> NDArray[np.float64]:
        return self._margins(self._network(rgb, residual))

    def _margins(self, output: NetworkOutput) -> NDArray[np.float64]:
        return margins(output, self._weights.map_contrast).numpy()

    def _halve(self) -> None:
        if self._batch == 1:
            raise ModelError(
                f"The memory of {self._device} does not hold one face; close other programs or choose the device cpu."
            )
        self._batch //= 2
        if self._device.startswith("cuda"):
            torch.cuda.empty_cache()
        self._notices.append(f"The memory of {self._device} was full; it now takes {self._batch} faces at a time.")


def _rows(inputs: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
    """Chosen faces, in the memory order of the batch: another order may take another kernel."""
    return inputs[rows].contiguous(memory_format=torch.channels_last)


def open_runner(weights: Weights, device: str, batch_size: int, network: Network | None = None) -> NetworkRunner:
    """Make a runner for a set of weights.

    Parameters
    ----------
    weights : Weights
    device : str
        As `choose_device` gave it.
    batch_size : int
        Faces per pass on a GPU; a CPU takes one at a time.
    network : Network or None
        A network that is loaded already; None loads that of `weights`. It is prepared for inference in place.

    Raises
    ------
    ModelError
        If the weights cannot be loaded or the device cannot hold them.
    """
    try:
        prepared = prepare_for_inference(load_network(weights) if network is None else network).to(device)
    except WeightsError as error:
        raise ModelError(str(error)) from error
    except RuntimeError as error:
        raise ModelError(f"The weights {weights.name} cannot be put on {device}; choose the device cpu.") from error
    return NetworkRunner(prepared, weights, device, CPU_BATCH if device == "cpu" else batch_size)
