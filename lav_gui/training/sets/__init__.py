"""The prepared set: face patches on disk with one index, made from datasets of many layouts."""
