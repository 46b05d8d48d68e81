from typing import Any, cast

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC
from torch import Tensor

from clusterfit import metrics, probes
from clusterfit.errors import InputError
from clusterfit.probes.svm import fit

COSTS = [2.0**-8, 2.0**-2, 4.0, 100.0]
OPTIONS: dict[str, Any] = {"classes": 3, "costs": COSTS, "folds": 3, "threads": 1}


@pytest.fixture(scope="module")
def sets() -> list[tuple[Tensor, Tensor]]:
    """Two sets to fit and one to test: positive features, several of 3 classes a row."""
    draws = torch.Generator().manual_seed(0)
    made: list[tuple[Tensor, Tensor]] = []
    centres = torch.randn(3, 10, generator=draws)
    for rows in (60, 30, 60):
        labels = torch.rand(rows, 3, generator=draws) < 0.4
        features = labels.float() @ centres + 1.5 * torch.randn(rows, 10, generator=draws)
        made.append(((features + 1).relu() * 7, labels.to(torch.uint8)))
    # stratified parts are of equal size whoever deals them
    for column in range(3):
        own = torch.cat([labels[:, column] for _, labels in made[:2]])
        for row in range(int(own.sum()) % 3):
            made[0][1][own[:60].nonzero()[row], column] = 0
    return made


def unit(features: Tensor) -> np.ndarray:
    exact = features.double().numpy()
    return exact / (np.sqrt((exact**2).sum(1, keepdims=True)) + 1e-5)


def reference(cost: float) -> Any:
    """The dual solver, as the paper's protocol has it, to the end."""
    return cast("Any", LinearSVC)(
        C=cost, class_weight={1: 2, -1: 1}, dual=True, tol=1e-10, max_iter=10**6, random_state=1
    )


def envelope(truth: np.ndarray, scores: np.ndarray) -> float:
    precision, recall, _ = precision_recall_curve(truth, scores)
    highest = np.maximum.accumulate(precision)
    return float(-(np.diff(recall) * highest[:-1]).sum())


@pytest.mark.parametrize("cost", COSTS)
def test_an_svm_is_that_of_the_dual_solver(sets: list[tuple[Tensor, Tensor]], cost: float):
    rows, signs = unit(sets[0][0]), np.where(sets[0][1][:, 0] > 0, 1, -1)
    found, expected = fit(rows, signs, cost), reference(cost).fit(rows, signs)
    assert found.converged
    np.testing.assert_allclose(found.weights, expected.coef_[0], rtol=2e-2, atol=2e-3)
    np.testing.assert_allclose(found.bias, expected.intercept_[0], rtol=2e-2, atol=2e-3)


def test_an_svm_minimises_what_it_says(sets: list[tuple[Tensor, Tensor]]):
    """The gradient of the objective, written out, is zero."""
    rows, signs = unit(sets[0][0]), np.where(sets[0][1][:, 0] > 0, 1, -1)
    found = fit(rows, signs, 4.0)
    inputs = np.concatenate([rows, np.ones((len(rows), 1))], 1)
    weights = np.append(found.weights, found.bias)
    slack = np.maximum(0, 1 - signs * (inputs @ weights))
    pull = 4.0 * np.where(signs > 0, 2, 1) * 2 * slack * signs
    np.testing.assert_allclose(weights, pull @ inputs, atol=0.02 * np.abs(weights).max())


def test_costs_are_chosen_by_cross_validation_and_svms_fitted_to_all_rows(
    sets: list[tuple[Tensor, Tensor]],
):
    train, test = sets[:2], sets[2]
    rows = np.concatenate([unit(features) for features, _ in train])
    several = torch.cat([labels for _, labels in train]).numpy()
    values: list[float] = []
    chosen: list[float] = []
    for column in range(3):
        signs = np.where(several[:, column] > 0, 1, -1)
        means: list[float] = []
        for cost in COSTS:
            parts = StratifiedKFold(3).split(rows, signs)
            means.append(
                float(
                    np.mean(
                        [
                            envelope(
                                signs[held],
                                reference(cost)
                                .fit(rows[own], signs[own])
                                .decision_function(rows[held]),
                            )
                            for own, held in parts
                        ]
                    )
                )
            )
        chosen.append(COSTS[int(np.argmax(means))])
        machine = reference(chosen[-1]).fit(rows, signs)
        truth = test[1][:, column].numpy()
        values.append(envelope(truth, machine.decision_function(unit(test[0]))))
    assert len(set(chosen)) > 1
    seen: list[tuple[int, int]] = []
    found = probes.svm("mAP", train, [test], progress=lambda *now: seen.append(now), **OPTIONS)
    assert found["costs"] == chosen
    assert found["converged"]
    assert found["values"] == [pytest.approx(100 * np.mean(values), abs=0.3)]
    assert seen == [(done, 12) for done in range(1, 13)]


def test_threads_change_nothing(sets: list[tuple[Tensor, Tensor]]):
    two: dict[str, Any] = OPTIONS | {"threads": 2}
    first = probes.svm("mAP", sets[:2], sets, **OPTIONS)
    assert probes.svm("mAP", sets[:2], sets, **two) == first


def test_what_is_difficult_trains_as_not_there_and_is_not_tested(
    sets: list[tuple[Tensor, Tensor]],
):
    (features, labels), _, (others, truth) = sets
    difficult = labels.clone()
    difficult[::5, 0] = 2
    absent = labels.clone()
    absent[::5, 0] = 0
    fitted = [
        probes.svm("mAP", [(features, own)], [(others, truth)], **OPTIONS)
        for own in (difficult, absent, labels)
    ]
    assert fitted[0] == fitted[1]
    assert fitted[0] != fitted[2]


def test_a_class_with_one_row_takes_the_smallest_cost_and_one_without_a_row_has_none(
    sets: list[tuple[Tensor, Tensor]],
):
    features, labels = sets[0]
    labels = labels.clone()
    labels[:, 1] = 0
    labels[:, 2] = 0
    labels[4, 2] = 1
    found = probes.svm("mAP", [(features, labels)], [sets[2]], **OPTIONS)
    assert found["costs"][0] is not None
    assert found["costs"][1:] == [None, COSTS[0]]
    nobody = torch.zeros_like(labels)
    with pytest.raises(InputError, match="Cannot fit SVMs: it needs a class that some rows have"):
        probes.svm("mAP", [(features, nobody)], [sets[2]], **OPTIONS)


def test_labels_of_one_class_a_row_are_probed_and_scored_by_the_best_svm():
    draws = torch.Generator().manual_seed(1)
    labels = torch.arange(60) % 3
    features = (3 * F.one_hot(labels, 3) + torch.rand(60, 3, generator=draws)).float()
    found = probes.svm("top-1", [(features, labels)], [(features, labels)], **OPTIONS)
    assert found["values"] == [100.0]
    assert metrics.baseline("top-1", labels, labels, 3) < 50
