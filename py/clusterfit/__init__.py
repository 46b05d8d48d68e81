"""Tensors in, tensors out: networks, training, features, k-means and probes of ClusterFit.

Nothing here decides: schedules, seeds, stage order and what to compare live in TypeScript.
Every random draw comes from a generator made of explicit seeds, and nothing is process-wide
state, so that several jobs may run at once on threads of one process.
"""
