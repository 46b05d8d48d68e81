"""Euclidean k-means on every row, with the labels and sums of float64."""

from .balanced import BalancedClustering, balance
from .clustering import Clustering
from .consensus import Consensus, consensus
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
    "Reproducibility",
    "assign",
    "balance",
    "consensus",
    "draw_rows",
    "fit",
    "prototypes",
    "reproducible_information",
]
