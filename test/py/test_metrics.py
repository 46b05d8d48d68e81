import itertools

import numpy as np
import pytest
import torch
from sklearn.metrics import precision_recall_curve
from torch import Tensor

from clusterfit import metrics
from clusterfit.errors import InputError
from clusterfit.metrics.mean_average_precision import average_precision, mean_average_precision
from clusterfit.metrics.top1 import top1


def draws(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def average_precision_by_hand(scores: list[float], positive: list[bool]) -> float:
    """For every threshold a point; the envelope integrated over recall, rectangle by rectangle."""
    points: list[tuple[float, float]] = []
    for threshold in set(scores):
        taken = [p for s, p in zip(scores, positive, strict=True) if s >= threshold]
        points.append((sum(taken) / sum(positive), sum(taken) / len(taken)))
    recalls = sorted({0.0} | {recall for recall, _ in points})
    return sum(
        (high - low) * max(precision for recall, precision in points if recall >= high)
        for low, high in itertools.pairwise(recalls)
    )


@pytest.mark.parametrize("levels", [2, 5, 1000])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.99])
def test_average_precision_is_the_area_under_the_envelope(levels: int, share: float):
    """With few levels many rows have one score."""
    for seed in range(10):
        scores = torch.randint(levels, (60,), generator=draws(seed)).double()
        positive = torch.rand(60, generator=draws(seed + 100)) < share
        positive[seed] = True
        expected = average_precision_by_hand(scores.tolist(), positive.tolist())
        assert average_precision(scores, positive) == pytest.approx(expected, rel=1e-12)


def test_the_envelope_is_above_the_curve():
    """Ranks 2 and 3 of 3 are positive: precision 1/2 and 2/3, the envelope is 2/3 throughout."""
    scores = torch.tensor([3.0, 2.0, 1.0], dtype=torch.float64)
    assert average_precision(scores, torch.tensor([False, True, True])) == pytest.approx(2 / 3)


def test_average_precision_does_not_depend_on_the_order_of_rows():
    scores = torch.randint(4, (40,), generator=draws()).double()
    positive = torch.rand(40, generator=draws(1)) < 0.3
    order = torch.randperm(40, generator=draws(2))
    assert average_precision(scores, positive) == average_precision(scores[order], positive[order])


def test_map_is_the_mean_over_classes_that_some_row_has():
    scores = torch.rand(30, 4, generator=draws(), dtype=torch.float64)
    labels = (torch.rand(30, 4, generator=draws(1)) < 0.4).to(torch.uint8)
    labels[:, 2] = 0
    each = [
        average_precision_by_hand(scores[:, c].tolist(), labels[:, c].bool().tolist())
        for c in (0, 1, 3)
    ]
    assert mean_average_precision(scores, labels) == pytest.approx(100 * np.mean(each))
    with pytest.raises(InputError, match="needs a row with a label, found none in 30 rows"):
        mean_average_precision(scores, torch.zeros_like(labels))


def test_map_of_one_label_a_row_is_that_of_several():
    scores = torch.rand(30, 4, generator=draws(), dtype=torch.float64)
    labels = torch.randint(4, (30,), generator=draws(1))
    several = torch.nn.functional.one_hot(labels, 4).to(torch.uint8)
    assert mean_average_precision(scores, labels) == mean_average_precision(scores, several)


def test_top1_counts_the_first_of_equal_scores():
    scores = torch.tensor([[1.0, 3, 3], [2, 1, 0], [0, 0, 0]], dtype=torch.float64)
    assert top1(scores, torch.tensor([1, 0, 0])) == 100
    assert top1(scores, torch.tensor([2, 1, 2])) == 0
    assert top1(scores, torch.tensor([1, 1, 1])) == 100 * 1 / 3


@pytest.mark.parametrize(
    ("metric", "labels", "message"),
    [
        ("top-1", torch.ones(3, 4, dtype=torch.uint8), "Cannot measure top-1: it needs one int64"),
        ("top-1", torch.tensor([0, 4, 1]), "needs labels 0 to 3, found 0 to 4"),
        ("top-1", torch.tensor([-1, 2, 1]), "needs labels 0 to 3, found -1 to 2"),
        ("mAP", torch.ones(3, 5, dtype=torch.uint8), "or uint8 labels N x 4, found torch.uint8"),
        ("mAP", torch.ones(3, 4), "or uint8 labels N x 4, found torch.float32"),
    ],
)
def test_labels_that_a_metric_cannot_take_are_refused(metric: str, labels: Tensor, message: str):
    with pytest.raises(InputError, match=message):
        metrics.METRICS[metric](torch.zeros(3, 4, dtype=torch.float64), labels)


@pytest.mark.parametrize(
    ("train", "expected"),
    [
        ([2, 2, 1, 0], 100 * 3 / 4),
        # of equally frequent classes the first to occur
        ([1, 2, 2, 1], 100 * 1 / 4),
        ([2, 1, 2, 1], 100 * 3 / 4),
    ],
)
def test_the_constant_answer_is_the_most_frequent_training_label(train: list[int], expected: float):
    test = torch.tensor([2, 1, 2, 2])
    assert metrics.baseline("top-1", torch.tensor(train), test, 4) == expected


def test_a_constant_answer_has_the_share_of_positives_as_precision():
    train = torch.ones(5, 3, dtype=torch.uint8)
    test = torch.tensor([[1, 0, 1], [0, 0, 1]], dtype=torch.uint8)
    assert metrics.baseline("mAP", train, test, 3) == pytest.approx(100 * (1 / 2 + 1) / 2)


def test_an_unknown_metric_lists_the_known_ones_and_a_metric_is_one_function(
    monkeypatch: pytest.MonkeyPatch,
):
    labels = torch.tensor([0, 1])
    with pytest.raises(InputError, match=r"the metric 'last': it needs one of top-1, mAP\. "):
        metrics.baseline("last", labels, labels, 2)

    def last(scores_NC: Tensor, labels: Tensor) -> float:
        return 100 * float((scores_NC.argmin(1) == labels).double().mean())

    monkeypatch.setitem(metrics.METRICS, "last", last)
    assert metrics.baseline("last", torch.tensor([0, 0, 1]), torch.tensor([1, 1, 0, 1]), 2) == 75


@pytest.mark.parametrize("levels", [3, 1000])
def test_average_precision_is_the_envelope_of_scikit_learns_curve(levels: int):
    for seed in range(5):
        scores = torch.randint(levels, (80,), generator=draws(seed)).double()
        positive = torch.rand(80, generator=draws(seed + 50)) < 0.3
        precision, recall, _ = precision_recall_curve(positive.numpy(), scores.numpy())
        highest = np.maximum.accumulate(precision)
        expected = -(np.diff(recall) * highest[:-1]).sum()
        assert average_precision(scores, positive) == pytest.approx(expected, rel=1e-12)


def test_what_is_difficult_is_left_out_of_its_class_alone():
    """By hand: of class 0 the ranks are 1, difficult, 0, 1: precision 1 and 2/3; AP 1/2 + 1/3.

    Of class 1 no row is difficult: ranks 0, 1, 0, 0: AP 1/2.
    """
    scores = torch.tensor([[4.0, 4], [3, 3], [2, 2], [1, 1]], dtype=torch.float64)
    labels = torch.tensor([[1, 0], [2, 1], [0, 0], [1, 0]], dtype=torch.uint8)
    assert mean_average_precision(scores, labels) == pytest.approx(100 * (5 / 6 + 1 / 2) / 2)
    # as a negative it would count: precision 1 and 2/4
    negative = labels.where(labels != 2, 0)
    assert mean_average_precision(scores, negative) == pytest.approx(100 * (3 / 4 + 1 / 2) / 2)
    # a class that is difficult in every row that shows it has no average precision
    only = torch.tensor([[2, 1], [2, 0], [0, 0], [0, 0]], dtype=torch.uint8)
    assert mean_average_precision(scores, only) == pytest.approx(100)


def test_labels_beyond_difficult_are_refused():
    labels = torch.full((3, 4), 3, dtype=torch.uint8)
    with pytest.raises(InputError, match="it needs uint8 labels of 0, 1 and 2, found 3"):
        mean_average_precision(torch.zeros(3, 4, dtype=torch.float64), labels)
