"""The choices of an analysis by name: what side panel and settings dialog both offer."""

from lav_gui.settings import ColorPolicy, Sampling, SamplingMode
from lav_gui.ui.wording import say
from model_zoo.weights_record import Weights

SAMPLINGS = ("every:1", "every:2", "every:5", "every:10", "fps:1", "fps:2", "fps:5", "fps:10")
STRIDES = (0, 1, 2, 4, 8, 16)
SMALLEST_FACE, LARGEST_FACE = 16, 2000
DEVICE_NAMES = {"auto": "Automatic", "cpu": "Processor", "cuda": "NVIDIA GPU", "mps": "Apple GPU"}
DETECTOR_NAMES = {"mtcnn": "MTCNN (default)", "yunet": "YuNet (faster)"}
"""Texts to be translated where they are shown."""


def model_words(weights: Weights) -> str:
    """A model by name; an untrained one says so."""
    return weights.name if weights.trained else say("{name} (UNTRAINED)", name=weights.name)


def sampling_entries(automatic: Sampling) -> list[tuple[str, object]]:
    """The samplings on offer; the first is what the device decides."""
    offered = [Sampling.parse(text) for text in SAMPLINGS]
    first = (say("Automatic: {rule}", rule=sampling_words(automatic)), None)
    return [first, *((sampling_words(sampling), sampling) for sampling in offered)]


def sampling_words(sampling: Sampling) -> str:
    """A sampling rule in words."""
    if str(sampling) == "every:1":
        return say("every frame")
    value = f"{sampling.value:g}"
    by_count = sampling.mode is SamplingMode.EVERY
    return say("1 frame in {value}", value=value) if by_count else say("{value} per second", value=value)


def stride_words(stride: int) -> str:
    """On how many of the analyzed frames the streams are weighed."""
    if stride == 0:
        return say("not weighed")
    return say("weighed on each frame") if stride == 1 else say("weighed on 1 frame in {stride}", stride=stride)


def color_entries() -> list[tuple[str, object]]:
    """The color rules by name."""
    return [
        (say("By the file's tags, else by its height"), ColorPolicy.AUTO),
        (say("Always BT.601"), ColorPolicy.BT601),
        (say("Always BT.709"), ColorPolicy.BT709),
    ]
