"""How good weights are, told with intervals: scoring, metrics, page, calibration and the way into the registry."""
