"""What happens to a face picture before a network sees it: the cut, the blend, the wear."""
