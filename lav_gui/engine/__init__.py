"""FaceCrop -> FrameResult: batches, devices, heatmaps, stream contributions (torch)."""
