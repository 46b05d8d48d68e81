"""Euclidean k-means on every row, with the labels and sums of float64."""

from .lloyd import Clustering, assign, fit
from .nearest import Engine

__all__ = ["Clustering", "Engine", "assign", "fit"]
