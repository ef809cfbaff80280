"""From labeled videos and pictures to registered weights: prepare, train, evaluate, calibrate, register."""
