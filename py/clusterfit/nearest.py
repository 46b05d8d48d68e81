"""The nearest of K centroids for each of N rows, exactly, by FAISS or by PyTorch in tiles."""

import importlib
from collections.abc import Callable, Iterator
from typing import Literal

import faiss
import torch
from torch import Tensor

from .errors import InputError

Engine = Literal["faiss", "torch"]
Nearest = Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]

_TILE_NUMBERS = {"cpu": 1 << 20, "cuda": 1 << 27}
"""How many numbers a temporary matrix may hold: what the caches, or the GPU, can take."""


def nearest(engine: Engine, device: str) -> Nearest:
    """Return a function of float32 rows N x D and centroids K x D, both on `device`.

    It returns int64 N indices and float32 N squared Euclidean distances.

    Raises:
        InputError: FAISS is asked to use a GPU it was not built for.
    """
    if engine == "torch":
        return _by_torch
    if torch.device(device).type == "cpu":
        return _by_faiss
    if not faiss.get_num_gpus():
        raise InputError(
            f"Cannot cluster on {device} by FAISS: this build of FAISS sees no GPU. "
            "Choose the engine torch, or install faiss-gpu."
        )
    return _by_faiss_gpu(torch.device(device).index or 0)


def tiles(rows: Tensor, width: int) -> Iterator[slice]:
    """Cut `rows` so that a temporary matrix of `width` columns stays small."""
    size = max(1, _TILE_NUMBERS.get(rows.device.type, 1 << 20) // width)
    return (slice(start, start + size) for start in range(0, len(rows), size))


def _by_torch(rows_ND: Tensor, centroids_KD: Tensor) -> tuple[Tensor, Tensor]:
    """Minimise ||c||^2 / 2 - x.c over the centroids c."""
    half_norms_K = centroids_KD.square().sum(1) / 2
    labels_N = torch.empty(len(rows_ND), dtype=torch.int64, device=rows_ND.device)
    distances_N = rows_ND.square().sum(1)
    for tile in tiles(rows_ND, len(centroids_KD)):
        scores_TK = torch.addmm(half_norms_K, rows_ND[tile], centroids_KD.T, alpha=-1)
        scores_T, labels_N[tile] = scores_TK.min(1)
        distances_N[tile] += 2 * scores_T
    return labels_N, distances_N.clamp_(min=0)


def _by_faiss(rows_ND: Tensor, centroids_KD: Tensor) -> tuple[Tensor, Tensor]:
    index = faiss.IndexFlatL2(rows_ND.shape[1])
    index.add(centroids_KD.numpy())
    distances, labels = index.search(rows_ND.numpy(), 1)
    return torch.from_numpy(labels).squeeze(1), torch.from_numpy(distances).squeeze(1)


def _by_faiss_gpu(device: int) -> Nearest:
    """Search with tensors that stay on the GPU: the module teaches every index to take them."""
    importlib.import_module("faiss.contrib.torch_utils")
    resources = faiss.StandardGpuResources()

    def find(rows_ND: Tensor, centroids_KD: Tensor) -> tuple[Tensor, Tensor]:
        index = faiss.GpuIndexFlatL2(resources, rows_ND.shape[1])
        index.add(centroids_KD)
        distances, labels = index.search(rows_ND, 1)
        return labels.squeeze(1), distances.squeeze(1)

    return find
