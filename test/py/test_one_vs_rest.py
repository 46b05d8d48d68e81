import math
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from torch import Tensor

from clusterfit.errors import InputError, NonFiniteFeatures
from clusterfit.probes import Fitted
from clusterfit.probes.one_vs_rest import one_vs_rest


@pytest.fixture(scope="module")
def data() -> tuple[Tensor, Tensor]:
    """600 rows of 20 correlated dimensions; of 6 classes one that no row has, one that all have."""
    draws = torch.Generator().manual_seed(0)
    rows = torch.randn(600, 20, generator=draws) @ torch.randn(20, 20, generator=draws) + 3
    logits = rows @ torch.randn(20, 6, generator=draws) / 10 - 2
    labels = (torch.rand(600, 6, generator=draws) < logits.sigmoid()).to(torch.uint8)
    labels[:, 2] = 0
    labels[:, 4] = 1
    return rows, labels


def fit(rows: Tensor, labels: Tensor, others: list[Tensor], **options: Any) -> Fitted:
    settings: dict[str, Any] = {
        "classes": 6,
        "cost": 0.1,
        "tolerance": 1e-3,
        "max_iterations": 1000,
        "device": "cpu",
        "threads": 1,
    } | options
    return one_vs_rest(rows, labels, others, **settings)


@pytest.mark.parametrize("cost", [0.01, 1.0])
def test_each_class_is_scikit_learns_against_the_others(data: tuple[Tensor, Tensor], cost: float):
    rows, labels = data
    found = fit(rows[:400], labels[:400], [rows[400:], rows], cost=cost)
    assert found["converged"]
    scaler = StandardScaler().fit(rows[:400].double().numpy())
    for c in (0, 1, 3, 5):
        reference = LogisticRegression(C=cost, tol=1e-10, max_iter=10_000)
        reference.fit(scaler.transform(rows[:400].double().numpy()), labels[:400, c].numpy())
        for scores, others in zip(found["scores"], (rows[400:], rows), strict=True):
            expected = reference.decision_function(scaler.transform(others.double().numpy()))
            np.testing.assert_allclose(
                scores[:, c].sigmoid().numpy(),
                torch.from_numpy(expected).sigmoid().numpy(),
                atol=2e-3,
            )
    assert found["scores"][0].dtype == torch.float64


def test_classes_that_no_row_has_or_all_have_are_constant(data: tuple[Tensor, Tensor]):
    rows, labels = data
    (scores,) = fit(rows, labels, [rows[:3]])["scores"]
    assert scores[:, 2].tolist() == [-math.inf] * 3
    assert scores[:, 4].tolist() == [math.inf] * 3
    assert scores[:, [0, 1, 3, 5]].isfinite().all()


def test_one_label_a_row_is_taken_too(data: tuple[Tensor, Tensor]):
    rows, labels = data[0], torch.arange(600) % 6
    several = torch.nn.functional.one_hot(labels, 6).to(torch.uint8)
    (found,), (expected,) = (fit(rows, given, [rows])["scores"] for given in (labels, several))
    assert torch.equal(found, expected)


def test_what_does_not_fit_is_refused(data: tuple[Tensor, Tensor]):
    rows, labels = data
    with pytest.raises(InputError, match=r"or uint8 labels N x 7, found torch.uint8"):
        fit(rows, labels, [], classes=7)
    with pytest.raises(InputError, match=r"shape \(600, 20\) and 599 labels"):
        fit(rows, labels[:-1], [])
    with pytest.raises(InputError, match="needs a class that some rows have and some have not"):
        fit(rows, torch.ones_like(labels), [])
    rows = rows.clone()
    rows[3, 0] = float("nan")
    with pytest.raises(NonFiniteFeatures, match=r"Cannot fit a probe to .* first in row 3"):
        fit(rows, labels, [])
