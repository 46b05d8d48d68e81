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

from clusterfit import features, kmeans, memory, models, objectives, probes, tensors
from clusterfit.data import Packed, View
from clusterfit.features import Output
from clusterfit.models import Network
from clusterfit.training import Trainer

Plan = dict[str, Any]
Parts = dict[str, tuple[dict[str, Tensor], Tensor]]
"""Part of a target -> features by layer, labels."""
LAST: dict[str, Output] = {"res5": {"layer": "res5", "budget": None}}


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
    tensors.save(f"{out}/features/features.safetensors", {"features": found["res5"]})


def cluster(plan: Plan, out: Path) -> None:
    """Cluster the features."""
    rows = tensors.load(f"{out}/features/features.safetensors")["features"]
    if plan["clusters"]["normalise"]:
        rows = features.l2_normalise(rows)
    found = kmeans.fit(rows, **plan["clusters"]["fit"])
    kept = {"centroids": found["centroids"], "labels": found["labels"]}
    tensors.save(f"{out}/clusters/clusters.safetensors", kept)


def fit(plan: Plan, out: Path) -> None:
    """Train Ncf on the cluster ids."""
    images = tensors.load(plan["images"])["images"]
    labels = tensors.load(f"{out}/clusters/clusters.safetensors")["labels"]
    train(plan["ncf"], out / "ncf", images, [labels])


def transfer(plan: Plan, out: Path) -> None:
    """Probe Ncf: the last layer on every target, each layer on one."""
    net = load(plan["ncf"], out / "ncf")
    options = plan["transfer"]
    scores: dict[str, list[float]] = {}
    for name, folder in options["targets"].items():
        parts = open_parts(net, folder, LAST, options)
        scores[name] = [probe(parts, "res5", options)]
        if name == options["layerwise_target"]:
            parts = open_parts(net, folder, options["layers"], options)
            scores["layerwise"] = [probe(parts, layer, options) for layer in options["layers"]]
    (out / "transfer" / "scores.json").write_text(json.dumps(scores))


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
    return Trainer(net, Packed(images), objective, view=View(), **plan["trainer"])


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


def open_parts(net: Network, folder: str, layers: dict[str, Output], options: Plan) -> Parts:
    """Extract the features of all three parts of a target."""
    parts: Parts = {}
    for part in ("train", "validation", "test"):
        loaded = tensors.load(f"{folder}/{part}.safetensors")
        found = extract_all(net, loaded["images"], layers, options["extract"])
        parts[part] = (found, loaded["labels"])
    return parts


def probe(parts: Parts, layer: str, options: Plan) -> float:
    """Return the test accuracy, in percent, at the cost that is best on the validation rows."""
    train, validation, test = ((found[layer], labels) for found, labels in parts.values())
    fits = probes.sweep(
        "logistic",
        "top-1",
        *train,
        [validation, test],
        classes=int(max(labels.max() for _, labels in (train, validation, test))) + 1,
        costs=options["costs"],
        **options["probe"],
    )
    best = max(fits, key=lambda fit: fit["values"][0])
    return best["values"][1]


main()
