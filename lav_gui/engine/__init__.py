"""FaceCrop -> FrameResult: batches, devices, heatmaps, stream contributions (torch)."""

import os

# Threads of the network that wait for each other by spinning take the processor from whoever else needs it, and are
# kept waiting in turn. Measured on 2 cores with one other busy process: 9 s per face spinning, 1 s asleep; alone on
# the machine 0.3 s and 0.4 s. OpenMP reads this once, when torch is loaded; so it stands here, before any import.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
