"""The training itself: configuration, batches, losses, loop, checkpoints."""
