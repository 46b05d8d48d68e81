"""The stages of a run driven by Python alone: what the TypeScript run is measured against.

Reads a plan as JSON on standard input (see plan.ts), works in its folder `out`, and writes
{stage: seconds} as JSON on standard output. Starting, importing and warming up are not timed.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from torch import Tensor

from clusterfit import features, kmeans, memory, metrics, models, objectives, probes, tensors
from clusterfit.data import Augmentation, Packed, View
from clusterfit.features import Output
from clusterfit.models import Network
from clusterfit.training import Trainer

Plan = dict[str, Any]
Parts = list[tuple[dict[str, Tensor], Tensor]]
"""For train, validation and test: features by output, labels."""
LAST: dict[str, Output] = {"features": {"layer": "res5", "budget": None}}


def main() -> None:
    """Run and time every stage."""
    plan: Plan = json.load(sys.stdin)
    out = Path(plan["out"])
    memory.keep_freed()
    warm_up(plan)
    seconds: dict[str, float] = {}
    for name, stage in STAGES.items():
        (out / name).mkdir(parents=True)
        began = time.perf_counter()
        stage(plan, out)
        seconds[name] = time.perf_counter() - began
    json.dump(seconds, sys.stdout)


def warm_up(plan: Plan) -> None:
    """Train a few steps that count for nothing: kernels are compiled at their first use."""
    images = tensors.load(plan["images"])["images"]
    trainer = make_trainer(plan["npre"], images, [])
    trainer.run(plan["npre"]["learning_rates"][0])


def pretrain(plan: Plan, out: Path) -> None:
    """Train Npre by rotation."""
    images = tensors.load(plan["images"])["images"]
    train(plan["npre"], out / "npre", images, [])


def extract(plan: Plan, out: Path) -> None:
    """Compute the penultimate features of every image."""
    net = load(plan["npre"], out / "npre")
    images = tensors.load(plan["images"])["images"]
    found = extract_all(net, images, LAST, plan["features"])
    tensors.save(f"{out}/features/features.safetensors", found)


def cluster(plan: Plan, out: Path) -> None:
    """Cluster the features."""
    rows = tensors.load(f"{out}/features/features.safetensors")["features"]
    if plan["clusters"]["normalise"]:
        rows = features.l2_normalise(rows)
    found = kmeans.fit(rows, **plan["clusters"]["fit"])
    tensors.save(f"{out}/clusters/labels.safetensors", {"labels": found["labels"]})
    tensors.save(f"{out}/clusters/centroids.safetensors", {"centroids": found["centroids"]})


def fit(plan: Plan, out: Path) -> None:
    """Train Ncf on the cluster ids."""
    images = tensors.load(plan["images"])["images"]
    labels = tensors.load(f"{out}/clusters/labels.safetensors")["labels"]
    train(plan["ncf"], out / "ncf", images, [labels])


def transfer(plan: Plan, out: Path) -> None:
    """Probe Ncf: the last layer on every target, each layer on one."""
    scores = {name: measure(plan, out, target) for name, target in plan["transfer"].items()}
    (out / "transfer" / "scores.json").write_text(json.dumps(scores))


def measure(plan: Plan, out: Path, target: Plan) -> list[float]:
    """Probe Ncf on one target: the test score of each output."""
    net = load(plan["ncf"], out / "ncf")
    source = Packed(tensors.load(target["images"])["images"])
    labels = tensors.load(target["labels"])["labels"]
    classes = json.loads(Path(target["labels"]).with_name("labels.json").read_text())["classes"]
    part = tensors.load(target["parts"])["part"]
    parts: Parts = []
    for index in range(3):
        rows = (part == index).nonzero().squeeze(1)
        outputs, options = target["outputs"], target["extract"]
        found = features.extract(net, source, outputs, view=View(), rows=rows, **options)
        parts.append((found, labels[rows]))
    metrics.baseline(target["metric"], parts[0][1], parts[2][1], classes)
    return [probe(parts, output, classes, target) for output in target["outputs"]]


STAGES = {
    "npre": pretrain,
    "features": extract,
    "clusters": cluster,
    "ncf": fit,
    "transfer": transfer,
}


def make_trainer(plan: Plan, images: Tensor, labels: list[Tensor]) -> Trainer:
    """Make the network, and what trains it."""
    net = models.build(**plan["net"], **plan["build"])
    objective = objectives.make(plan["objective"], labels, [], {})
    options = plan["trainer"] | {"augmentation": Augmentation(**plan["trainer"]["augmentation"])}
    return Trainer(net, Packed(images), objective, view=View(), **options)


def train(plan: Plan, folder: Path, images: Tensor, labels: list[Tensor]) -> None:
    """Train from scratch, with a checkpoint after each epoch."""
    trainer = make_trainer(plan, images, labels)
    for learning_rates in plan["learning_rates"]:
        trainer.run(learning_rates)
        trainer.save(f"{folder}/checkpoint.safetensors")
    trainer.save_network(f"{folder}/network.safetensors")


def load(plan: Plan, folder: Path) -> Network:
    """Load the network that `train` left in `folder`."""
    return models.load(path=f"{folder}/network.safetensors", **plan["net"])


def extract_all(
    net: Network, images: Tensor, layers: dict[str, Output], options: Plan
) -> dict[str, Tensor]:
    """Compute the features of every image."""
    return features.extract(net, Packed(images), layers, view=View(), rows=None, **options)


def probe(parts: Parts, output: str, classes: int, target: Plan) -> float:
    """Return the test score, in percent, at the cost that is best on the validation rows."""
    train, validation, test = ((found[output], labels) for found, labels in parts)
    names = (target["probe"], target["metric"])
    options = target["sweep"]
    fits = probes.sweep(*names, *train, [validation, test], classes=classes, **options)
    best = max(fits, key=lambda fit: fit["values"][0])
    return best["values"][1]


main()
