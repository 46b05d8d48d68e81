import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from torch import Tensor

from clusterfit import devices, scratch, tiles
from clusterfit.errors import InputError, NonFiniteFeatures
from clusterfit.probes import Fitted
from clusterfit.probes import logistic as probe
from clusterfit.probes.linear import Fit, fit_linear, logits, standardisation, whitening


@pytest.fixture(scope="module")
def data() -> tuple[Tensor, Tensor]:
    """600 rows of 20 correlated dimensions in 12 classes, one dimension constant."""
    draws = torch.Generator().manual_seed(0)
    labels = torch.arange(600) % 12
    rows = torch.randn(12, 20, generator=draws)[labels] + torch.randn(600, 20, generator=draws)
    rows = rows @ torch.randn(20, 20, generator=draws) + 3
    rows[:, 5] = 2.5
    return rows, labels


def logistic(rows: Tensor, labels: Tensor, *others: Tensor, **options: Any) -> Fitted:
    settings: dict[str, Any] = {
        "classes": 12,
        "cost": 0.1,
        "tolerance": 2e-4,
        "max_iterations": 1000,
        "device": "cpu",
        "threads": 1,
    } | options
    return probe(rows, labels, others, **settings)


def linear(rows: Tensor, labels: Tensor, cost: float, **options: Any) -> Fit:
    """What the probe minimises, itself."""
    return fit_linear(
        rows,
        lambda logits_TC, rows: F.cross_entropy(logits_TC, labels[rows], reduction="none"),
        torch.zeros(12),
        cost=cost,
        curvature=cost / 12,
        device="cpu",
        **options,
    )


@pytest.mark.parametrize("cost", [0.01, 1.0])
def test_a_probe_is_scikit_learns_after_standard_scaling(data: tuple[Tensor, Tensor], cost: float):
    rows, labels = data
    train, test = slice(0, 400), slice(400, 600)
    scaler = StandardScaler().fit(rows[train].double().numpy())
    reference = LogisticRegression(C=cost, tol=1e-10, max_iter=10_000)
    reference.fit(scaler.transform(rows[train].double().numpy()), labels[train].numpy())
    found = logistic(rows[train], labels[train], rows, rows[test], cost=cost)
    logits, scores = found["scores"]
    expected = reference.decision_function(scaler.transform(rows.double().numpy()))
    np.testing.assert_allclose(
        logits.softmax(1).numpy(), torch.from_numpy(expected).softmax(1).numpy(), atol=2e-3
    )
    predicted = reference.predict(scaler.transform(rows[test].double().numpy()))
    np.testing.assert_array_equal(scores.argmax(1).numpy(), predicted)
    assert found["converged"]


def test_the_loss_is_what_it_says(data: tuple[Tensor, Tensor]):
    rows, labels = data
    found = linear(rows, labels, 0.5, tolerance=2e-4, max_iterations=1000)
    exact = rows.double()
    weights, bias = found["linear"]["weights"], found["linear"]["bias"]
    torch.testing.assert_close(logits(found["linear"], rows), exact @ weights + bias)
    log_likelihood = (exact @ weights + bias).log_softmax(1)[torch.arange(600), labels].sum()
    scale = exact.std(0, correction=0)
    penalty = (weights * scale.unsqueeze(1)).square().sum() / 2
    assert found["loss"] == pytest.approx(float(penalty - 0.5 * log_likelihood), rel=1e-5)


def test_rows_in_tiles_and_in_a_file_have_the_same_minimum(
    data: tuple[Tensor, Tensor], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    rows, labels = data
    rows = rows + torch.linspace(0, 5, len(rows)).unsqueeze(1)  # the tiles have means of their own
    rows[:, 5] = 2.5
    whole = linear(rows, labels, 0.5, tolerance=2e-4, max_iterations=1000)
    monkeypatch.setitem(tiles.AT_ONCE, "cpu", 1000)
    monkeypatch.setitem(tiles.NUMBERS, "cpu", 1000)
    monkeypatch.setattr(scratch, "IN_MEMORY", 0)
    cut = linear(rows, labels, 0.5, tolerance=2e-4, max_iterations=1000, folder=str(tmp_path))
    assert cut["loss"] == pytest.approx(whole["loss"], rel=1e-6)
    torch.testing.assert_close(
        logits(cut["linear"], rows), logits(whole["linear"], rows), rtol=0, atol=2e-2
    )


def test_standardisation_of_tiles_is_that_of_all_rows(
    data: tuple[Tensor, Tensor], monkeypatch: pytest.MonkeyPatch
):
    rows = data[0] + torch.linspace(0, 5, 600).unsqueeze(1)
    rows[:, 5] = 2.5
    monkeypatch.setitem(tiles.AT_ONCE, "cpu", 1000)
    monkeypatch.setitem(tiles.NUMBERS, "cpu", 1000)
    scale, mean = standardisation(rows)
    exact = rows.double().numpy()
    deviations = exact.std(0)
    deviations[5] = 1
    np.testing.assert_allclose(mean.numpy(), exact.mean(0), rtol=1e-12)
    np.testing.assert_allclose(scale.numpy(), deviations, rtol=1e-12)


def test_the_coordinates_of_tiles_are_those_of_all_rows(
    data: tuple[Tensor, Tensor], monkeypatch: pytest.MonkeyPatch
):
    rows = data[0]
    exact = rows.double().numpy()
    hessian = 0.3 * exact.T @ exact + np.eye(20)
    for numbers in (1 << 22, 1000):
        monkeypatch.setitem(tiles.AT_ONCE, "cpu", numbers)
        monkeypatch.setitem(tiles.NUMBERS, "cpu", numbers)
        inverse = whitening(rows, 0.3).double().numpy()
        np.testing.assert_allclose(inverse.T @ hessian @ inverse, np.eye(20), atol=1e-4)


def test_linear_algebra_is_loaded_before_it_is_used(monkeypatch: pytest.MonkeyPatch):
    cholesky, steps = torch.linalg.cholesky, list[str]()

    def load(device: torch.device):
        steps.append(f"load {device}")

    def watched(matrix: Tensor, **options: Any) -> Tensor:
        steps.append("use")
        return cholesky(matrix, **options)

    monkeypatch.setattr(devices, "load_linalg", load)
    monkeypatch.setattr(torch.linalg, "cholesky", watched)
    whitening(torch.rand(30, 4), 0.1)
    assert steps == ["load cpu", "use"]


def test_only_classes_that_occur_are_fitted_and_predicted(data: tuple[Tensor, Tensor]):
    rows, labels = data
    some = (labels != 4) & (labels != 11)
    (scores,) = logistic(rows[some], labels[some], rows)["scores"]
    assert scores.shape == (600, 12)
    assert scores[:, [4, 11]].eq(-math.inf).all()
    assert scores[:, [0, 1, 2, 3, 5, 6, 7, 8, 9, 10]].isfinite().all()
    predicted = scores.argmax(1)
    assert int((predicted == labels)[some].sum()) > 0.5 * int(some.sum())


def test_too_few_iterations_are_reported(data: tuple[Tensor, Tensor]):
    assert not logistic(*data, max_iterations=2)["converged"]


def test_progress_counts_evaluations(data: tuple[Tensor, Tensor]):
    seen: list[tuple[float, ...]] = []
    found = linear(*data, 0.1, progress=lambda *now: seen.append(now))
    assert [now[0] for now in seen] == list(range(1, found["evaluations"] + 1))


def test_labels_that_do_not_fit_are_refused(data: tuple[Tensor, Tensor]):
    rows, labels = data
    with pytest.raises(InputError, match=r"shape \(600, 20\) and 599 labels"):
        logistic(rows, labels[:-1])
    with pytest.raises(InputError, match=r"one int64 label a row, found torch.int32"):
        logistic(rows, labels.int())
    with pytest.raises(InputError, match="2 or more classes, found 1 in all 600 labels"):
        logistic(rows, torch.full_like(labels, 3))
    with pytest.raises(InputError, match="it needs labels 0 to 10, found 0 to 11"):
        logistic(rows, labels, classes=11)


def test_features_that_are_nan_are_refused(data: tuple[Tensor, Tensor]):
    rows = data[0].clone()
    rows[3, 0] = float("inf")
    with pytest.raises(NonFiniteFeatures, match=r"fit a probe to .* first in row 3\."):
        logistic(rows, data[1])


@pytest.mark.parametrize("offset", [1e3, 1e5, 1e6])
def test_rows_that_share_an_offset_are_classified_as_float64_does(
    data: tuple[Tensor, Tensor], offset: float
):
    rows, labels = data[0] + offset, data[1]
    found = logistic(rows, labels, rows, cost=1.0)
    exact = (rows.double() - offset).numpy()
    scaler = StandardScaler().fit(exact)
    reference = LogisticRegression(C=1.0, tol=1e-10, max_iter=10_000)
    reference.fit(scaler.transform(exact), labels.numpy())
    predicted = reference.predict(scaler.transform(exact))
    (scores,) = found["scores"]
    assert np.not_equal(scores.argmax(1).numpy(), predicted).mean() < 0.005
    expected = torch.from_numpy(reference.decision_function(scaler.transform(exact)))
    torch.testing.assert_close(scores.softmax(1), expected.softmax(1), atol=2e-3, rtol=0)


@pytest.mark.parametrize("scale", [1e-44, 1e-30, 1e30])
def test_features_of_any_magnitude_are_standardised(data: tuple[Tensor, Tensor], scale: float):
    rows, labels = data[0].clone(), data[1]
    rows[:, 3] = labels * scale
    rows[:, 7] = (torch.arange(600) == 17).float() * scale
    (scores,) = logistic(rows, labels, rows, max_iterations=200)["scores"]
    assert scores.isfinite().all()
    assert int((scores.argmax(1) == labels).sum()) > 550
