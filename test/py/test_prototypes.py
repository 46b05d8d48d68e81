"""Prototypes and rows drawn, beside hand-worked examples and numpy in float64."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from clusterfit import kmeans, scratch
from clusterfit.errors import InputError, NonFiniteFeatures

HOW: dict[str, Any] = {"engine": "torch", "device": "cpu", "threads": 1}


def prototypes(rows: Tensor, labels: list[int], classes: int, **how: Any) -> kmeans.Clustering:
    return kmeans.prototypes(rows, torch.tensor(labels), classes, **(HOW | how))


def test_each_row_goes_to_the_nearest_mean_of_a_label_and_not_to_its_own():
    # means: label 0 at 2, label 1 at 9; the 6 of label 0 is nearer to 9, the 5 of label 1 to 2
    rows = torch.tensor([[-1.0], [1.0], [6.0], [5.0], [10.0], [12.0]])
    found = prototypes(rows, [0, 0, 0, 1, 1, 1], 2)
    assert found["centroids"].tolist() == [[2], [9]]
    assert found["labels"].tolist() == [0, 0, 1, 0, 1, 1]
    assert found["sizes"].tolist() == [3, 3]
    assert found["objective"] == 9 + 1 + 9 + 9 + 1 + 9
    assert found["objectives"] == []
    assert (found["empty"], found["distinct"]) == (0, 6)


def test_a_label_without_rows_has_no_cluster_and_the_others_keep_their_order():
    rows = torch.tensor([[0.0], [10.0], [20.0]])
    found = prototypes(rows, [5, 1, 3], 7)
    assert found["centroids"].tolist() == [[10], [20], [0]]
    assert found["labels"].tolist() == [2, 0, 1]


def test_a_prototype_that_is_nearest_to_no_row_leaves_an_empty_cluster():
    rows = torch.tensor([[-1.0], [1.0], [-1.0], [1.0], [0.4]])
    found = prototypes(rows, [0, 1, 2, 2, 1], 3)
    assert found["centroids"].tolist() == [[-1], [pytest.approx(0.7)], [0]]
    assert found["sizes"].tolist() == [2, 3, 0]
    assert found["empty"] == 1


@pytest.mark.parametrize("engine", ["faiss", "torch"])
@pytest.mark.parametrize("folder", [False, True])
def test_prototypes_are_those_of_float64(
    engine: str, folder: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    if folder:
        monkeypatch.setattr(scratch, "IN_MEMORY", 0)
    draws = torch.Generator().manual_seed(0)
    rows = torch.randn(500, 12, generator=draws) + 50
    labels = torch.randint(30, (500,), generator=draws)
    where = str(tmp_path) if folder else None
    found = prototypes(rows, labels.tolist(), 30, engine=engine, folder=where)
    exact = rows.double().numpy()
    means = np.stack([exact[labels.numpy() == label].mean(0) for label in range(30)])
    np.testing.assert_array_equal(found["centroids"].numpy(), means.astype(np.float32))
    gaps = exact[:, None] - found["centroids"].double().numpy()[None]
    distances = (gaps**2).sum(2)
    np.testing.assert_array_equal(found["labels"].numpy(), distances.argmin(1))
    assert found["objective"] == pytest.approx(distances.min(1).sum(), rel=1e-12)


@pytest.mark.parametrize(
    ("rows", "labels", "message"),
    [
        (torch.zeros(3, 2), [0, 1], "find prototypes: it needs a label for each of 3 rows, found"),
        (torch.zeros(3, 2), [0, 1, 2], "find prototypes: it needs labels 0 to 1, found 0 to 2"),
        (torch.zeros(3), [0, 1, 1], "it needs a float32 tensor N x D"),
    ],
)
def test_what_has_no_prototypes_is_refused(rows: Tensor, labels: list[int], message: str):
    with pytest.raises(InputError, match=message):
        prototypes(rows, labels, 2)
    with pytest.raises(NonFiniteFeatures):
        prototypes(torch.full((3, 2), torch.nan), [0, 1, 1], 2)


def test_rows_are_drawn_without_repetition_by_the_seed_alone_and_keep_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    rows = torch.arange(1000.0).view(500, 2)
    drawn = kmeans.draw_rows(rows, 60, seed=3)
    firsts = drawn[:, 0].tolist()
    assert firsts == sorted(set(firsts))
    assert torch.equal(drawn[:, 1] - drawn[:, 0], torch.ones(60))
    assert not torch.equal(kmeans.draw_rows(rows, 60, seed=4), drawn)
    assert max(firsts) > 800  # from all of them, not from the first
    assert torch.equal(kmeans.draw_rows(rows, 500, seed=3), rows)
    monkeypatch.setattr(scratch, "IN_MEMORY", 0)
    assert torch.equal(kmeans.draw_rows(rows, 60, seed=3, folder=str(tmp_path)), drawn)


@pytest.mark.parametrize("count", [0, 6])
def test_more_rows_than_there_are_cannot_be_drawn(count: int):
    with pytest.raises(InputError, match=f"Cannot draw {count} rows: it needs 1 to 5"):
        kmeans.draw_rows(torch.zeros(5, 2), count, seed=0)
