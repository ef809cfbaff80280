"""``python -m lav_gui``: the same as ``lav``."""

import multiprocessing
import sys

from lav_gui.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
