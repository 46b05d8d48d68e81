"""What a GPU computes: against the CPU, against float64, and twice against itself."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from clusterfit import devices, kmeans, models, objectives, probes
from clusterfit.data import Augmentation, Packed, View
from clusterfit.errors import InputError
from clusterfit.features import Output, extract
from clusterfit.models import Network
from clusterfit.objectives import Frozen, Objective
from clusterfit.training import Precision, Trainer

pytestmark = pytest.mark.skipif(
    not torch.cuda.is_available(), reason="it needs an NVIDIA GPU that PyTorch can use"
)

DEVICE = "cuda"
PACKAGES = Path(__file__).parents[2] / "py"
PRECISIONS: list[Precision] = ["float32", "bfloat16"]
MakeTrainer = Callable[..., Trainer]


def teacher() -> Frozen:
    return Frozen(models.build("resnet10-small", {"fc": 5}, width=8, seed=11), View())


def objective_of(name: str, labels: Tensor) -> tuple[Objective, dict[str, int]]:
    """The objective, and the heads that a student of it has."""
    given: dict[str, tuple[list[Tensor], list[Frozen], dict[str, float], dict[str, int]]] = {
        "labels": ([labels, labels // 2], [], {}, {"fine": 5, "coarse": 3}),
        "rotation": ([], [], {}, {"fc": 4}),
        "jigsaw": ([], [], {"permutations": 20, "hidden": 6}, {"fc": 6}),
        "distillation": ([labels], [teacher()], {}, {"fc": 5}),
        "regression": ([], [teacher()], {}, {"fc": 64}),
    }
    rows, frozen, options, heads = given[name]
    return objectives.make(name, rows, frozen, options), heads


@pytest.fixture
def train(make_trainer: MakeTrainer, labels: Tensor, tmp_path: Path) -> Callable[..., Any]:
    """Return a function that trains on a device; it gives the summary and the checkpoint."""

    def run(name: str, device: str, rates: list[float], **options: Any) -> tuple[Any, bytes]:
        objective, heads = objective_of(name, labels)
        settings = {"objective": objective, "heads": heads, "device": device} | options
        trainer = make_trainer(**settings)
        summary = trainer.run(rates)
        trainer.save(str(tmp_path / "saved.safetensors"))
        return summary, (tmp_path / "saved.safetensors").read_bytes()

    return run


def test_a_machine_with_a_gpu_says_which():
    cuda = devices.describe()["cuda"]
    assert cuda is not None
    assert cuda["name"] == torch.cuda.get_device_name(0)
    assert cuda["count"] == torch.cuda.device_count()
    assert cuda["memory"] > 2**30


@pytest.mark.parametrize("name", [*objectives.OBJECTIVES])
def test_an_objective_is_that_of_the_cpu(train: Callable[..., Any], name: str):
    """Of the same batch through the same network, after a step each."""
    rates = [0.05, 0.05]
    expected, _ = train(name, "cpu", rates)
    found, _ = train(name, DEVICE, rates)
    assert found["images"] == expected["images"]
    assert found["loss"] == pytest.approx(expected["loss"], rel=2e-4)


@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize("name", [*objectives.OBJECTIVES])
def test_training_twice_gives_the_same_bytes(train: Callable[..., Any], name: str, precision: str):
    rates = [0.05] * 11
    first, second = (train(name, DEVICE, rates, precision=precision) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("architecture", ["resnet18-small", "resnet18", "resnet50"])
def test_larger_networks_train_to_the_same_bytes_twice(
    architecture: str, labels: Tensor, tmp_path: Path
):
    """With max pooling, kernels of 1, 3 and 7 pixels, and colours that change."""
    draws = torch.Generator().manual_seed(2)
    images = torch.randint(0, 256, (96, 64, 64, 3), dtype=torch.uint8, generator=draws)
    states: list[bytes] = []
    for _ in range(2):
        trainer = Trainer(
            models.build(architecture, {"fc": 5}, seed=7),
            Packed(images),
            objectives.make("labels", [labels], [], {}),
            view=View(),
            batch_size=32,
            momentum=0.9,
            weight_decay=5e-4,
            nesterov=True,
            label_smoothing=0.1,
            augmentation=Augmentation(shift=2, flip=True, invert=0.3, colour=0.2, grey=0.2),
            precision="bfloat16",
            device=DEVICE,
            seed=3,
            threads=1,
        )
        trainer.run([0.02] * 7)
        trainer.save(str(tmp_path / "saved.safetensors"))
        states.append((tmp_path / "saved.safetensors").read_bytes())
    assert states[0] == states[1]


@pytest.mark.parametrize("stop", [1, 4, 6])
def test_a_resumed_training_is_bit_for_bit_the_one_that_never_stopped(
    make_trainer: MakeTrainer, tmp_path: Path, stop: int
):
    options = {"device": DEVICE, "precision": "bfloat16"}
    rates = [0.05 * 0.9**step for step in range(10)]
    whole, first, second = (make_trainer(**options) for _ in range(3))
    expected = whole.run(rates)
    first.run(rates[:stop])
    first.save(str(tmp_path / "stopped"))
    second.load(str(tmp_path / "stopped"))
    assert second.run(rates[stop:]) == expected
    for trainer, name in ((whole, "whole"), (second, "resumed")):
        trainer.save(str(tmp_path / name))
    assert (tmp_path / "resumed").read_bytes() == (tmp_path / "whole").read_bytes()


def features_of(
    net: Network, images: Tensor, device: str, precision: Precision
) -> dict[str, Tensor]:
    outputs: dict[str, Output] = {
        "deep": {"layer": "res5", "budget": None},
        "pooled": {"layer": "res3", "budget": 256},
    }
    settings: dict[str, Any] = {"view": View(), "rows": None, "batch_size": 40, "threads": 1}
    return extract(*(net, Packed(images), outputs), precision=precision, device=device, **settings)


def test_features_are_those_of_the_cpu_and_those_of_the_last_time(images: Tensor):
    net = models.build("resnet10-small", {"fc": 5}, width=8, seed=7)
    expected = features_of(net, images, "cpu", "float32")
    found = features_of(net, images, DEVICE, "float32")
    for name, values in expected.items():
        assert found[name].device.type == "cpu"
        torch.testing.assert_close(found[name], values, rtol=1e-4, atol=1e-4)
    rounded, again = (features_of(net, images, DEVICE, "bfloat16") for _ in range(2))
    for name, values in expected.items():
        assert torch.equal(rounded[name], again[name])
        torch.testing.assert_close(rounded[name], values, rtol=0.05, atol=0.05)


@pytest.fixture(scope="module")
def blobs() -> Tensor:
    """3,000 rows around 30 centres, far from the origin, some of them twice."""
    draws = torch.Generator().manual_seed(0)
    centres = torch.randn(30, 16, generator=draws) * 3 + 50
    rows = centres[torch.randint(30, (2900,), generator=draws)]
    rows = rows + torch.randn(2900, 16, generator=draws)
    return torch.cat([rows, rows[:100]])


def cluster(rows: Tensor, k: int, device: str, **options: Any) -> kmeans.Clustering:
    engine = "faiss" if device == "cpu" else "torch"
    settings: dict[str, Any] = {"iterations": 10, "seed": 1, "engine": engine, "threads": 1}
    return kmeans.fit(rows, k, device=device, **(settings | options))


def distances(rows: Tensor, centroids: Tensor) -> Tensor:
    """float64, by differences."""
    return (rows.double()[:, None] - centroids.double()).square().sum(2).sqrt()


@pytest.mark.parametrize("k", [1, 30, 400])
def test_kmeans_takes_the_steps_of_the_cpu(blobs: Tensor, k: int):
    """Sums in float64 may differ in their last bits, and with them a centroid in its own."""
    expected, found = (cluster(blobs, k, device, iterations=1) for device in ("cpu", DEVICE))
    assert found["objectives"] == pytest.approx(expected["objectives"], rel=1e-12)
    torch.testing.assert_close(found["centroids"], expected["centroids"], rtol=1e-6, atol=0)
    least, labels = distances(blobs, found["centroids"]).min(1)
    assert torch.equal(found["labels"], labels)
    assert found["objective"] == pytest.approx(least.square().sum().item(), rel=1e-12)
    assert torch.equal(found["sizes"], labels.bincount(minlength=k))
    assert found["distinct"] == expected["distinct"] == 2900


def test_kmeans_ends_as_low_as_on_the_cpu_and_twice_in_the_same_bytes(blobs: Tensor):
    expected = cluster(blobs, 30, "cpu", iterations=100)
    first, second = (cluster(blobs, 30, DEVICE, iterations=100) for _ in range(2))
    assert first["objective"] == pytest.approx(expected["objective"], rel=1e-2)
    assert torch.equal(first["centroids"], second["centroids"])
    assert torch.equal(first["labels"], second["labels"])
    assert first["objectives"] == second["objectives"]


def test_more_clusters_than_different_rows_leave_some_empty(blobs: Tensor):
    rows = blobs[:7].repeat(20, 1)
    expected, found = (cluster(rows, 12, device) for device in ("cpu", DEVICE))
    assert (found["empty"], found["distinct"]) == (5, 7)
    assert found["objective"] == expected["objective"] == 0


def test_rows_are_assigned_as_float64_does_and_prototypes_are_those_of_the_cpu(blobs: Tensor):
    centroids = blobs[::50].contiguous()
    settings: dict[str, Any] = {"engine": "torch", "device": DEVICE, "threads": 1}
    found = kmeans.assign(blobs, centroids, **settings)
    assert torch.equal(found, distances(blobs, centroids).argmin(1))
    labels = torch.arange(len(blobs)) % 40
    expected = kmeans.prototypes(blobs, labels, 40, engine="faiss", device="cpu", threads=1)
    made = kmeans.prototypes(blobs, labels, 40, **settings)
    torch.testing.assert_close(made["centroids"], expected["centroids"], rtol=1e-6, atol=0)
    assert made["objective"] == pytest.approx(expected["objective"], rel=1e-6)


def test_a_cap_on_sizes_holds_and_costs_what_it_costs_on_the_cpu(blobs: Tensor):
    centroids = cluster(blobs, 30, "cpu")["centroids"]
    expected, found = (
        kmeans.balance(blobs, centroids, 110, iterations=3, seed=1, device=device, threads=1)
        for device in ("cpu", DEVICE)
    )
    assert int(found["sizes"].max()) <= 110
    assert found["objective"] == pytest.approx(expected["objective"], rel=1e-3)


def test_faiss_without_a_gpu_is_refused(blobs: Tensor):
    if devices.describe()["faiss_gpu"]:
        pytest.skip("this FAISS has a GPU")
    with pytest.raises(InputError, match=r"needs a FAISS that sees a GPU"):
        cluster(blobs, 30, DEVICE, engine="faiss")


FIRST_PROBES = """
import threading
import torch
from clusterfit.probes.linear import whitening

count = 8
together, made = threading.Barrier(count), []
rows = torch.rand(count, 50, 4, device="cuda")
torch.cuda.synchronize()

def work(rows):
    together.wait()
    made.append(whitening(rows, 0.1))

workers = [threading.Thread(target=work, args=(own,)) for own in rows]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print(len(made))
"""
"""In a process that has loaded no linear algebra yet: it is loaded once, at its first use."""


def test_the_first_probes_of_a_process_may_come_together():
    child = subprocess.run(
        [sys.executable, "-c", FIRST_PROBES],
        env={**os.environ, "PYTHONPATH": str(PACKAGES)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert child.stdout == "8\n", child.stderr


@pytest.fixture(scope="module")
def data() -> tuple[Tensor, Tensor]:
    """600 rows of 20 correlated dimensions in 12 classes."""
    draws = torch.Generator().manual_seed(0)
    labels = torch.arange(600) % 12
    rows = torch.randn(12, 20, generator=draws)[labels] + torch.randn(600, 20, generator=draws)
    return rows @ torch.randn(20, 20, generator=draws) + 3, labels


@pytest.mark.parametrize("name", [*probes.PROBES])
def test_a_probe_is_that_of_the_cpu(data: tuple[Tensor, Tensor], name: str):
    rows, labels = data
    train, test = slice(0, 400), slice(400, 600)
    expected, found, again = (
        probes.PROBES[name](
            rows[train],
            labels[train],
            [rows[test]],
            classes=12,
            cost=0.1,
            device=device,
            threads=1,
            max_iterations=1000,
        )
        for device in ("cpu", DEVICE, DEVICE)
    )
    assert found["converged"]
    assert torch.equal(found["scores"][0], again["scores"][0])
    # both stop within the tolerance of the minimum, each at a place of its own
    torch.testing.assert_close(found["scores"][0], expected["scores"][0], rtol=0, atol=0.1)


def test_a_probe_by_sgd_is_that_of_the_cpu(data: tuple[Tensor, Tensor]):
    rows, labels = data
    settings: dict[str, Any] = {
        **{"classes": 12, "epochs": 6, "batch_size": 64, "momentum": 0.9, "weight_decay": 5e-4},
        **{"drops": 2, "seed": 7, "threads": 1, "learning_rates": [1e-3, 1e-2]},
    }
    expected, found, again = (
        probes.sgd("top-1", rows, labels, [(rows, labels)], device=device, **settings)
        for device in ("cpu", DEVICE, DEVICE)
    )
    assert found == again
    for one, other in zip(found, expected, strict=True):
        assert one["steps"] == other["steps"]
        assert one["values"] == pytest.approx(other["values"], abs=0.7)
