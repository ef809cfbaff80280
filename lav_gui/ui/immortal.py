"""Guards against a fault of the PySide6 6.12.0 wheels under Python 3.11.

They are built as for Python 3.12, where None, True and False are immortal (PEP 683) and are returned without taking a
reference. Under 3.11 the caller then gives back a reference that was never taken: each method call that returns None
drops one, and after minutes the interpreter ends with "deallocating None". Here these objects are made immortal by
hand. PySide6 6.11.3 does not have the fault.
"""

import ctypes
import sys

SINGLETONS = (None, True, False, NotImplemented, Ellipsis)

SAFE = 1 << 40
"""References added: more than any session can drop."""


def protect_singletons() -> None:
    """Make the singletons immortal where they are not; a second call does nothing."""
    if sys.version_info >= (3, 12):
        return
    for each in SINGLETONS:
        if sys.getrefcount(each) < SAFE // 2:
            ctypes.c_ssize_t.from_address(id(each)).value += SAFE
