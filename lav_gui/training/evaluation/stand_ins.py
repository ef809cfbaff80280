"""Networks that stand in for one that was trained on everybody: K-fold cross-validation over people.

Where people are few, the weights that are kept are trained on all of them, and no video is left to judge them on. So
the same recipe is trained again without the people of each split, and a video is scored by the network that never met
its people: by the weights themselves if they did not, else by the first stand-in that was not trained on its split
(Stone, "Cross-validatory choice and assessment of statistical predictions", *JRSS B* 36, 1974).

What that leaves open: the figures are those of the recipe on fewer people, not of the kept weights, and the scores of
several networks are pooled though their scales differ a little; both make them rather too low than too high.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace

from lav_gui.engine.runner import NetworkRunner
from lav_gui.errors import TrainingError
from lav_gui.records import Stage
from lav_gui.training.evaluation.exposure import CALIBRATED, CHOSEN, DAMNING, TRAINED, SetUse, exposures
from lav_gui.training.evaluation.scoring import ScoredFace, ScoringSettings, open_runner, score_faces
from lav_gui.training.sets.index import FaceRow, splits_of
from lav_gui.training.sets.store import PreparedSet
from model_zoo.networks import Network
from model_zoo.weights_record import Weights


@dataclass(frozen=True, slots=True)
class Scorers:
    """The weights to be judged and their stand-ins, each opened once.

    Attributes
    ----------
    weights : Weights
    stand_ins : tuple of Weights
        Trained by the same recipe on other people; of the same architecture and crop.
    network : Network or None
        In memory, instead of the files of `weights`.
    """

    weights: Weights
    stand_ins: tuple[Weights, ...] = ()
    network: Network | None = None
    _opened: dict[str, NetworkRunner] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for other in self.stand_ins:
            if _form(other) != _form(self.weights):
                raise TrainingError(
                    f"{other.name} cannot stand in for {self.weights.name}:"
                    " both need the same architecture, crop and logit."
                )

    def of_split(self, use: SetUse) -> Weights:
        """Which weights score the videos of one split: the first that were not trained on them, else the own ones."""
        candidates = (self.weights, *self.stand_ins)
        return next((own for own in candidates if TRAINED not in exposures(own, use)), self.weights)

    def used(self, judged: SetUse) -> tuple[tuple[str, Weights], ...]:
        """The splits that a stand-in scores, each with its weights."""
        found = ((split, self.of_split(replace(judged, split=split))) for split in sorted(splits_of(judged.split)))
        return tuple((split, own) for split, own in found if own is not self.weights)

    def seen(self, judged: SetUse) -> tuple[str, ...]:
        """What the networks that score have seen of these videos, as `exposures` tells it; the worst first.

        The calibration is that of the weights to be judged, whoever scores.
        """
        met = {word for word in exposures(self.weights, judged) if word == CALIBRATED}
        for split in splits_of(judged.split):
            use = replace(judged, split=split)
            met |= {word for word in exposures(self.of_split(use), use) if word != CALIBRATED}
        return tuple(word for word in (*DAMNING, CHOSEN) if word in met)

    def score(
        self, prepared: PreparedSet, rows: Sequence[FaceRow], settings: ScoringSettings, *, text: str = "scoring faces"
    ) -> Generator[Stage, None, tuple[ScoredFace, ...]]:
        """Score faces, each by the network that may; in the order of `rows`.

        Raises
        ------
        TrainingError, ModelError
            As in `score_faces` and `open_runner`.
        """
        found: dict[str, ScoredFace] = {}
        for split in sorted({row.split for row in rows}):
            own = [row for row in rows if row.split == split]
            weights = self.of_split(SetUse.of(prepared.card, split))
            faces = yield from score_faces(prepared, own, weights, settings, self._runner(weights, settings), text=text)
            found |= {face.row.patch: face for face in faces}
        return tuple(found[row.patch] for row in rows)

    def _runner(self, weights: Weights, settings: ScoringSettings) -> NetworkRunner:
        if weights.sha256 not in self._opened:
            network = self.network if weights is self.weights else None
            self._opened[weights.sha256] = open_runner(weights, settings, network)
        return self._opened[weights.sha256]


def told(used: Sequence[tuple[str, Weights]]) -> str:
    """A clause for page and card on who scored; empty where the weights scored all themselves."""
    if not used:
        return ""
    who = ", ".join(f"split {split} by {own.name} (SHA-256 {own.sha256})" for split, own in used)
    return f"each video was scored by a network of the same recipe that was trained without its people: {who}"


def _form(weights: Weights) -> tuple[str, int, float]:
    """What must be equal for two networks' logits to be of one kind."""
    return weights.architecture, weights.input_size, weights.map_contrast
