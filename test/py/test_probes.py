from typing import Any

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from torch import Tensor

from clusterfit import probes
from clusterfit.errors import InputError, NonFiniteFeatures


@pytest.fixture(scope="module")
def data() -> tuple[Tensor, Tensor]:
    """600 rows of 20 correlated dimensions in 12 classes, one dimension constant."""
    draws = torch.Generator().manual_seed(0)
    labels = torch.arange(600) % 12
    rows = torch.randn(12, 20, generator=draws)[labels] + torch.randn(600, 20, generator=draws)
    rows = rows @ torch.randn(20, 20, generator=draws) + 3
    rows[:, 5] = 2.5
    return rows, labels


def logistic(rows: Tensor, labels: Tensor, **options: Any) -> probes.Fit:
    settings: dict[str, Any] = {
        "others": [],
        "cost": 0.1,
        "tolerance": 2e-4,
        "max_iterations": 1000,
        "device": "cpu",
        "threads": 1,
    } | options
    return probes.logistic(rows, labels, settings.pop("others"), **settings)


@pytest.mark.parametrize("cost", [0.01, 1.0])
def test_a_probe_is_scikit_learns_after_standard_scaling(data: tuple[Tensor, Tensor], cost: float):
    rows, labels = data
    train, test = slice(0, 400), slice(400, 600)
    scaler = StandardScaler().fit(rows[train].double().numpy())
    reference = LogisticRegression(C=cost, tol=1e-10, max_iter=10_000)
    reference.fit(scaler.transform(rows[train].double().numpy()), labels[train].numpy())
    found = logistic(rows[train], labels[train], others=[(rows[test], labels[test])], cost=cost)
    logits = rows.double() @ found["probe"]["weights"] + found["probe"]["bias"]
    expected = reference.decision_function(scaler.transform(rows.double().numpy()))
    np.testing.assert_allclose(
        logits.softmax(1).numpy(), torch.from_numpy(expected).softmax(1).numpy(), atol=2e-3
    )
    predicted = reference.predict(scaler.transform(rows[test].double().numpy()))
    np.testing.assert_array_equal(found["predictions"][0].numpy(), predicted)
    assert found["correct"] == [int(np.equal(predicted, labels[test].numpy()).sum())]
    assert found["converged"]


def test_the_loss_is_what_it_says(data: tuple[Tensor, Tensor]):
    rows, labels = data
    found = logistic(rows, labels, cost=0.5)
    exact = rows.double()
    weights, bias = (found["probe"][key].double() for key in ("weights", "bias"))
    log_likelihood = (exact @ weights + bias).log_softmax(1)[torch.arange(600), labels].sum()
    scale = exact.std(0, correction=0)
    penalty = (weights * scale.unsqueeze(1)).square().sum() / 2
    assert found["loss"] == pytest.approx(float(penalty - 0.5 * log_likelihood), rel=1e-5)


def test_only_classes_that_occur_are_fitted_and_predicted(data: tuple[Tensor, Tensor]):
    rows, labels = data
    some = (labels != 4) & (labels != 11)
    found = logistic(rows[some], labels[some], others=[(rows, labels)])
    assert found["probe"]["classes"].tolist() == [0, 1, 2, 3, 5, 6, 7, 8, 9, 10]
    predicted = found["predictions"][0]
    assert not predicted.eq(4).any()
    assert found["correct"] == [int((predicted == labels).sum())]
    assert int((predicted == labels)[some].sum()) > 0.5 * int(some.sum())


def test_too_few_iterations_are_reported(data: tuple[Tensor, Tensor]):
    assert not logistic(*data, max_iterations=2)["converged"]


def test_progress_counts_evaluations(data: tuple[Tensor, Tensor]):
    seen: list[tuple[float, ...]] = []
    found = logistic(*data, progress=lambda *now: seen.append(now))
    assert [now[0] for now in seen] == list(range(1, found["evaluations"] + 1))


def test_labels_that_do_not_fit_are_refused(data: tuple[Tensor, Tensor]):
    rows, labels = data
    with pytest.raises(InputError, match=r"got \(600, 20\) and torch.int64 \(599,\)"):
        logistic(rows, labels[:-1])
    with pytest.raises(InputError, match=r"int64 labels N, .* torch.int32"):
        logistic(rows, labels.int())
    with pytest.raises(InputError, match="at least 2 classes, but all 600 labels are the same"):
        logistic(rows, torch.full_like(labels, 3))


def test_features_that_are_nan_are_refused(data: tuple[Tensor, Tensor]):
    rows = data[0].clone()
    rows[3, 0] = float("inf")
    with pytest.raises(NonFiniteFeatures, match=r"fit a probe to .* the first is row 3"):
        logistic(rows, data[1])


def test_a_sweep_is_one_fit_for_each_cost():
    draws = torch.Generator().manual_seed(3)
    rows, labels = torch.randn(60, 8, generator=draws), torch.arange(60) % 3
    other = (torch.randn(30, 8, generator=draws), torch.arange(30) % 3)
    costs, seen = [0.01, 1.0], list[tuple[int, int]]()
    found = probes.sweep(
        rows,
        labels,
        [(rows, labels), other],
        costs=costs,
        device="cpu",
        threads=1,
        progress=lambda done, total: seen.append((done, total)),
    )
    for cost, outcome in zip(costs, found, strict=True):
        others = [(rows, labels), other]
        fitted = probes.logistic(rows, labels, others, cost=cost, device="cpu", threads=1)
        assert outcome == {
            "correct": fitted["correct"],
            "evaluations": fitted["evaluations"],
            "converged": True,
        }
    assert seen == [(1, 2), (2, 2)]


def test_a_sweep_tells_which_probes_did_not_converge(data: tuple[Tensor, Tensor]):
    found = probes.sweep(
        *data, [data], costs=[1e-9, 1.0], max_iterations=3, device="cpu", threads=1
    )  # fmt: skip
    assert [outcome["converged"] for outcome in found] == [True, False]
    assert all(1 < outcome["evaluations"] < 10 for outcome in found)


@pytest.mark.parametrize("offset", [1e3, 1e5, 1e6])
def test_rows_that_share_an_offset_are_classified_as_float64_does(
    data: tuple[Tensor, Tensor], offset: float
):
    rows, labels = data[0] + offset, data[1]
    found = logistic(rows, labels, others=[(rows, labels)], cost=1.0)
    exact = (rows.double() - offset).numpy()
    scaler = StandardScaler().fit(exact)
    reference = LogisticRegression(C=1.0, tol=1e-10, max_iter=10_000)
    reference.fit(scaler.transform(exact), labels.numpy())
    predicted = reference.predict(scaler.transform(exact))
    assert np.not_equal(found["predictions"][0].numpy(), predicted).mean() < 0.005
    weights, bias = (found["probe"][key] for key in ("weights", "bias"))
    logits = (rows.double() - offset) @ weights + (bias + offset * weights.sum(0))
    expected = torch.from_numpy(reference.decision_function(scaler.transform(exact)))
    torch.testing.assert_close(logits.softmax(1), expected.softmax(1), atol=2e-3, rtol=0)


@pytest.mark.parametrize("scale", [1e-44, 1e-30, 1e30])
def test_features_of_any_magnitude_are_standardised(data: tuple[Tensor, Tensor], scale: float):
    rows, labels = data[0].clone(), data[1]
    rows[:, 3] = labels * scale
    rows[:, 7] = (torch.arange(600) == 17).float() * scale
    found = logistic(rows, labels, others=[(rows, labels)], max_iterations=200)
    assert found["correct"][0] > 550
    assert found["probe"]["weights"].isfinite().all()
