"""Networks, losses, transforms and the registry of weights.

This file, `weights_record`, `registry`, `residual` and `cards/` import no torch, so that the window can list models.
"""
