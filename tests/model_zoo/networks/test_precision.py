import pytest
import torch

from model_zoo.networks.precision import at_least_float32, no_autocast


@pytest.mark.parametrize(
    ("given", "result"),
    [
        (torch.float16, torch.float32),
        (torch.bfloat16, torch.float32),
        (torch.float32, torch.float32),
        (torch.float64, torch.float64),
    ],
)
def test_only_half_precision_is_widened(given: torch.dtype, result: torch.dtype) -> None:
    assert at_least_float32(torch.ones(2, dtype=given)).dtype == result


def test_products_keep_their_precision_without_autocast() -> None:
    matrix = torch.ones(2, 2)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert (matrix @ matrix).dtype == torch.bfloat16
        with no_autocast(matrix):
            assert (matrix @ matrix).dtype == torch.float32
