"""Euclidean k-means on every row, with the labels and sums of float64."""

from .balanced import BalancedClustering, balance
from .clustering import Clustering
from .consensus import Consensus, consensus
from .guided import GuidedClustering, guide
from .lloyd import assign, fit
from .nearest import Engine
from .prototypes import prototypes
from .reproducible import Reproducibility, reproducible_information
from .subset import draw_rows

__all__ = [
    "BalancedClustering",
    "Clustering",
    "Consensus",
    "Engine",
    "GuidedClustering",
    "Reproducibility",
    "assign",
    "balance",
    "consensus",
    "draw_rows",
    "fit",
    "guide",
    "prototypes",
    "reproducible_information",
]
