"""Checks for the arrays that records hold."""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


def frozen_array(name: str, array: NDArray[Any], shape: tuple[int | None, ...], dtype: DTypeLike) -> NDArray[Any]:
    """Return a read-only view of an array after checking it.

    Parameters
    ----------
    name : str
        Field name, for the message.
    array : ndarray
        The array; its memory is shared, not copied.
    shape : tuple of int or None
        Expected shape; None accepts any length on that axis.
    dtype : data-type
        Expected element type, exactly.

    Returns
    -------
    ndarray
        The same memory, C-contiguous, `flags.writeable` False.

    Raises
    ------
    ValueError
        If shape or type differ.
    """
    fits = array.ndim == len(shape) and all(
        want is None or want == have for want, have in zip(shape, array.shape, strict=True)
    )
    if not fits or array.dtype != np.dtype(dtype):
        raise ValueError(f"{name} must be {np.dtype(dtype)} of shape {shape}, not {array.dtype} {array.shape}")
    view = np.ascontiguousarray(array).view()
    view.flags.writeable = False
    return view
