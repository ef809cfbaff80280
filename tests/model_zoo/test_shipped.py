"""The weights that are shipped: whole, small enough, told in full, and able to tell a swapped face from a real one."""

import re
from hashlib import sha256

import pytest

from model_zoo import registry
from model_zoo.checkpoints import load_network
from model_zoo.weights_record import Weights

LARGEST_FILE = 95_000_000
_ABSOLUTE = re.compile(r"[A-Z]:\\|(?<![\w./:<+])/(?:[\w.-]+/)+|/(?:home|root|tmp|mnt|media|Users|var|opt|shared)/\S+")
SHIPPED = [weights for weights in registry.list_weights() if weights.trained]


@pytest.fixture(params=SHIPPED, ids=lambda weights: weights.name)
def shipped(request: pytest.FixtureRequest) -> Weights:
    weights = request.param
    assert isinstance(weights, Weights)
    return weights


def test_the_default_is_shipped() -> None:
    assert registry.DEFAULT_NAME in [weights.name for weights in SHIPPED]


def test_the_files_are_small_and_those_that_the_record_names(shipped: Weights) -> None:
    digest = sha256()
    for file in shipped.files:
        content = file.read_bytes()
        assert len(content) < LARGEST_FILE
        digest.update(content)
    assert digest.hexdigest() == shipped.sha256
    assert {file.parent for file in shipped.files} == {registry.shipped_folders()[1]}


def test_the_network_can_be_loaded(shipped: Weights) -> None:
    assert sum(tensor.numel() for tensor in load_network(shipped).parameters()) > 20_000_000


def test_the_record_tells_calibration_limits_and_terms(shipped: Weights) -> None:
    assert shipped.calibration is not None
    assert shipped.operating_points
    assert shipped.inconclusive is not None
    assert shipped.envelope is not None
    assert "h264" in shipped.envelope.codecs
    assert "on-commercial" in shipped.license
    assert any("AUC" in name and " [" in figure for name, figure in shipped.metrics)


def test_the_card_for_readers_tells_of_these_very_weights(shipped: Weights) -> None:
    text = (registry.shipped_folders()[0] / f"{shipped.name}.md").read_text(encoding="utf-8")
    assert shipped.sha256 in text
    for part in ("## Uses", "## Bias, risks and limitations", "## Training", "## Evaluation", "**Failures**"):
        assert part in text


def test_no_file_lies_there_that_no_card_names() -> None:
    named = {file for weights in SHIPPED for file in weights.files}
    lying = {path for path in registry.shipped_folders()[1].iterdir() if not path.name.startswith(".")}
    assert lying == named


def test_nothing_in_a_card_names_a_folder_of_the_machine_it_was_made_on() -> None:
    cards = [path for path in registry.shipped_folders()[0].iterdir() if path.name != "README.md"]
    assert cards
    assert not [(card.name, found) for card in cards if (found := _ABSOLUTE.findall(card.read_text("utf-8")))]
