"""Prototypes: the mean of each label's rows, and the nearest of them for each row.

One iteration of k-means that starts from labels (paper, section 4, "Prototype", and supplement A).
Shape suffixes: N rows, D dimensions, K labels that have rows.
"""

import torch
from torch import Tensor

from .. import devices
from ..errors import InputError
from ..labels import check_single
from .clustering import Clustering, check_rows, describe, means
from .nearest import Engine, nearest


def prototypes(
    features: Tensor,
    labels: Tensor,
    classes: int,
    *,
    engine: Engine,
    device: str,
    threads: int,
    folder: str | None = None,
) -> Clustering:
    """Assign each of float32 N x D rows to the nearest mean of a label's rows.

    `labels` are int64 N in 0 .. classes - 1. There is a cluster for each label that has rows, in
    the order of the labels; its centroid is their mean, summed in float64 and rounded to float32.
    The rows are assigned once, in float64, of equals to the first. `folder` is used as by `fit`.

    Raises:
        InputError: the tensors do not fit, or a label is not below `classes`.
        FileError: the folder has no room.
        NonFiniteFeatures: a feature is NaN or infinite.
    """
    check_single(labels, classes, "find prototypes")
    check_rows(features, 1)
    if len(labels) != len(features):
        raise InputError(
            f"Cannot find prototypes: it needs a label for each of {len(features):,} rows, found "
            f"{len(labels):,}. Give the labels of these features."
        )
    with devices.threads(threads), torch.inference_mode():
        rows_ND = features.to(device).contiguous()
        means_KD, sizes_K = means(rows_ND, labels.to(device), classes)
        prototypes_KD = means_KD[sizes_K > 0]
        found_N = nearest(engine, rows_ND, folder)(prototypes_KD)
        return describe(rows_ND, prototypes_KD, found_N, [])
