from collections.abc import Sequence

import pytest
import torch
from torch import Tensor

from clusterfit import metrics, probes
from clusterfit.errors import InputError


def draws(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.fixture
def sets() -> list[tuple[Tensor, Tensor]]:
    """60 rows to fit and 30 others, in 3 classes of 5."""
    return [
        (torch.randn(rows, 8, generator=draws(rows)), torch.arange(rows) % 3 + 1)
        for rows in (60, 30)
    ]


@pytest.mark.parametrize("name", ["logistic", "one-vs-rest"])
@pytest.mark.parametrize("metric", ["top-1", "mAP"])
def test_a_sweep_measures_the_scores_of_a_fit_for_each_cost(
    sets: list[tuple[Tensor, Tensor]], name: str, metric: str
):
    seen: list[tuple[int, int]] = []
    found = probes.sweep(
        name,
        metric,
        *sets[0],
        sets,
        classes=5,
        costs=[0.01, 1.0],
        device="cpu",
        threads=1,
        progress=lambda done, total: seen.append((done, total)),
    )
    for cost, outcome in zip([0.01, 1.0], found, strict=True):
        rows = [features for features, _ in sets]
        fitted = probes.PROBES[name](*sets[0], rows, classes=5, cost=cost, device="cpu", threads=1)
        assert outcome == {
            "values": [
                metrics.METRICS[metric](scores, labels)
                for scores, (_, labels) in zip(fitted["scores"], sets, strict=True)
            ],
            "evaluations": fitted["evaluations"],
            "converged": True,
        }
    assert seen == [(1, 2), (2, 2)]


def test_a_sweep_tells_which_probes_did_not_converge(sets: list[tuple[Tensor, Tensor]]):
    found = probes.sweep(
        "logistic",
        "top-1",
        *sets[0],
        [sets[1]],
        classes=4,
        costs=[1e-9, 1.0],
        device="cpu",
        threads=1,
        max_iterations=2,
    )
    assert [outcome["converged"] for outcome in found] == [True, False]
    assert all(1 < outcome["evaluations"] < 10 for outcome in found)


class NearestMean:
    """A probe that fits nothing."""

    def __call__(
        self,
        features: Tensor,
        labels: Tensor,
        others: Sequence[Tensor],
        *,
        classes: int,
        cost: float,
        device: str,
        threads: int,
        folder: str | None = None,
        max_iterations: int = 200,
    ) -> probes.Fitted:
        means = torch.stack([features[labels == c].mean(0).nan_to_num(1e9) for c in range(classes)])
        return {
            "scores": [-torch.cdist(rows, means).double() for rows in others],
            "evaluations": 0,
            "converged": True,
        }


def test_a_probe_is_one_object_of_the_registry_and_an_unknown_one_lists_them(
    sets: list[tuple[Tensor, Tensor]], monkeypatch: pytest.MonkeyPatch
):
    def sweep(probe: str) -> list[probes.Outcome]:
        return probes.sweep(
            probe, "top-1", *sets[0], [sets[0]], classes=5, costs=[1.0], device="cpu", threads=1
        )

    with pytest.raises(InputError, match=r"the probe 'mean': it needs one of logistic, one-vs-"):
        sweep("mean")
    monkeypatch.setitem(probes.PROBES, "mean", NearestMean())
    assert sweep("mean")[0]["values"][0] > 50
