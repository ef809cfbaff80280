import pytest
import torch

from lav_gui.training.loop.precision import autocast
from lav_gui.training.loop.rules import PRECISIONS


@pytest.mark.parametrize("precision", PRECISIONS)
def test_products_have_the_precision_that_was_asked_for(precision: str) -> None:
    wanted = {"float32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}[precision]
    with autocast(torch.device("cpu"), precision):
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype == wanted
    assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype == torch.float32
