"""Networks of timm and torchvision with our heads."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
import timm
import torch
import torchvision

from clusterfit import models, tensors
from clusterfit.data.augmentation import Augmentation, normalise
from clusterfit.data.packed import Packed
from clusterfit.data.view import Preprocessing, View
from clusterfit.errors import FileError, InputError
from clusterfit.models.drawn import DrawnDropout
from clusterfit.models.foreign import ForeignNetwork
from clusterfit.models.spec import parse
from clusterfit.objectives import make
from clusterfit.seeds import generator
from clusterfit.training import Trainer

TINY = ["timm:test_resnet", "timm:test_vit", "timm:test_efficientnet", "torchvision:squeezenet1_1"]


def build(arch: str, seed: int = 0, outputs: int = 3) -> ForeignNetwork:
    net = models.build(arch, {"fc": outputs}, seed=seed)
    assert isinstance(net, ForeignNetwork)
    return net


def pixels_of(side: int, rows: int = 2) -> torch.Tensor:
    return torch.rand(rows, 3, side, side, generator=torch.Generator().manual_seed(0))


def same(first: models.Network, second: models.Network) -> bool:
    states = [models.state(net) for net in (first, second)]
    return all(torch.equal(states[0][key], states[1][key]) for key in states[0] | states[1])


@pytest.mark.parametrize("arch", TINY)
def test_weights_depend_on_the_seed_only_and_nothing_is_drawn_from_the_global_generator(arch: str):
    before = torch.get_rng_state()
    first = build(arch)
    assert torch.equal(before, torch.get_rng_state())
    torch.manual_seed(99)
    assert same(first, build(arch))
    assert not same(first, build(arch, seed=1))
    torch.set_rng_state(before)


def test_networks_that_are_built_by_several_threads_at_once_are_those_that_one_builds():
    expected = [build("timm:test_vit", seed) for seed in range(4)]
    found: dict[int, ForeignNetwork] = {}
    work = [
        threading.Thread(
            target=lambda seed=seed: found.update({seed: build("timm:test_vit", seed)})
        )
        for seed in range(4)
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert all(same(net, found[seed]) for seed, net in enumerate(expected))


def test_the_last_layer_is_what_timm_and_torchvision_classify():
    net = build("timm:test_efficientnet")
    theirs = timm.create_model("test_efficientnet", num_classes=0).eval()
    theirs.load_state_dict(net.trunk.state_dict())
    pixels = pixels_of(64)
    torch.testing.assert_close(net.embed(pixels), theirs(pixels))
    name, last = list(net.layers(pixels))[-1]
    assert name == "pooled"
    torch.testing.assert_close(last[:, :, 0, 0], theirs(pixels))
    torch.testing.assert_close(net(pixels)[0], net.fc(theirs(pixels)))

    net = build("torchvision:resnet18", outputs=1000)
    theirs = torchvision.models.resnet18().eval()
    theirs.load_state_dict(
        {**net.trunk.state_dict(), "fc.weight": net.fc.weight, "fc.bias": net.fc.bias}
    )
    torch.testing.assert_close(net(pixels)[0], theirs(pixels))


def test_earlier_layers_have_the_librarys_names_and_are_maps():
    assert build("timm:test_vit").map_sizes == {
        **{f"blocks.{block}": (64, 10, 10) for block in range(6)},
        "pooled": (64, 1, 1),
    }
    assert build("torchvision:resnet18").map_sizes == {
        "conv1": (64, 112, 112),
        "layer1": (64, 56, 56),
        "layer2": (128, 28, 28),
        "layer3": (256, 14, 14),
        "layer4": (512, 7, 7),
        "pooled": (512, 1, 1),
    }
    swin = build("torchvision:swin_t").map_sizes
    assert swin["features.0"] == (96, 56, 56)
    assert list(swin)[-2:] == ["features.7", "pooled"]


def test_a_layer_of_torchvision_is_what_its_module_gives_though_the_next_works_in_place():
    net = build("torchvision:squeezenet1_1")
    pixels = pixels_of(64)
    layers = dict(net.layers(pixels))
    features = net.trunk.get_submodule("features")
    torch.testing.assert_close(layers["features.0"], features.get_submodule("0")(pixels))
    torch.testing.assert_close(layers["features.12"], features(pixels))


def test_tokens_lie_on_their_grid_and_are_pooled_as_asked():
    arch = "timm:test_vit?pool={}&size=64"
    token, mean = (build(arch.format(pool)) for pool in ("token", "mean"))
    pixels = pixels_of(64)
    tokens = token.trunk.forward_features(pixels)  # pyright: ignore
    torch.testing.assert_close(token.embed(pixels), tokens[:, 0])
    torch.testing.assert_close(mean.embed(pixels), tokens[:, 1:].mean(1))

    net = build("torchvision:vit_b_32?pool=mean&size=64")
    seen: list[torch.Tensor] = []
    net.trunk.get_submodule("encoder").register_forward_hook(lambda *call: seen.append(call[2]))
    pooled = net.embed(pixels)
    torch.testing.assert_close(pooled, seen[0][:, 1:].mean(1))
    last = dict(net.layers(pixels))["encoder.layers.encoder_layer_11"]
    norm = net.trunk.get_submodule("encoder.ln")
    torch.testing.assert_close(norm(last.flatten(2).mT).mean(1), pooled)


@pytest.mark.parametrize(
    ("arch", "said"),
    [
        ("timm:nosuch", "found nosuch"),
        ("torchvision:nosuch", "one of alexnet, "),
        ("nolib:resnet18", "one of torchvision, timm, hf"),
        ("timm:test_vit?pool=max", "pool=token or pool=mean, found pool=max"),
        ("timm:test_vit?side=3", "options among pool, size, drop_path, found side"),
        ("timm:test_vit?pool", "<option>=<value>, found 'pool'"),
        ("timm:test_vit?size=wide", "size=<pixels>, found size=wide"),
        ("timm:test_vit?drop_path=much", "drop_path=<probability>, found drop_path=much"),
        ("timm:test_resnet?pool=mean", "a network with a class token"),
        ("timm:test_resnet?size=64", "what timm can make"),
        ("torchvision:resnet18?size=64", "only vit_... takes them"),
    ],
)
def test_an_architecture_that_cannot_be_built_says_why(arch: str, said: str):
    with pytest.raises(InputError, match="Cannot ") as error:
        build(arch)
    assert said in str(error.value)


def test_a_width_is_refused():
    with pytest.raises(InputError, match="it needs no width"):
        models.build("timm:test_vit", {"fc": 2}, seed=0, width=16)


def test_images_of_another_size_than_a_transformer_takes_are_refused_with_what_to_write():
    with pytest.raises(InputError, match=r"timm:vit_tiny_patch16_224\?size=64"):
        build("timm:vit_tiny_patch16_224").embed(pixels_of(64))


def test_an_architecture_of_ours_has_no_spec():
    assert parse("resnet18") is None
    spec = parse("timm:vit_base.a_tag?pool=mean&size=96")
    assert spec is not None
    assert (spec.library, spec.name, spec.pool, spec.size) == ("timm", "vit_base.a_tag", "mean", 96)


@pytest.mark.parametrize(
    "arch", ["timm:test_vit?pool=mean&size=64", "torchvision:mnasnet0_5", "torchvision:googlenet"]
)
def test_a_saved_network_loads_here_and_by_its_snippet(tmp_path: Path, arch: str):
    path = str(tmp_path / "network.safetensors")
    net = models.build(arch, {"fc": 3, "more": 4}, seed=0)
    draws = torch.Generator().manual_seed(0)
    pixels = torch.randint(0, 256, (2, 64, 64, 3), dtype=torch.uint8, generator=draws)
    images = normalise(pixels).permute(0, 3, 1, 2)
    tensors.save(path, models.state(net))
    loaded = models.load(arch, path)
    for ours, theirs in zip(net(images), loaded(images), strict=True):
        torch.testing.assert_close(ours, theirs)

    reading = Preprocessing(72, "bicubic", (0.5, 0.5, 0.5), (0.25, 0.5, 1.0))
    images = normalise(pixels, preprocessing=reading).permute(0, 3, 1, 2)
    code = models.snippet(arch, {"fc": 3, "more": 4}, path=path, preprocessing=reading)
    assert "clusterfit" not in code.replace(path, "")
    tensors.save(f"{tmp_path}/pixels", {"pixels": pixels})
    before = (
        "import safetensors.torch\n"
        f"pixels = safetensors.torch.load_file('{tmp_path}/pixels')['pixels']"
    )
    after = f"safetensors.torch.save_file({{'logits': logits.detach()}}, '{tmp_path}/logits')"
    script = "\n".join([before, code, after])
    subprocess.run([sys.executable, "-W", "ignore", "-I", "-c", script], check=True)
    torch.testing.assert_close(tensors.load(f"{tmp_path}/logits")["logits"], net(images)[0])


def test_a_file_of_another_network_is_refused(tmp_path: Path):
    path = str(tmp_path / "network.safetensors")
    tensors.save(path, models.state(build("timm:test_resnet")))
    with pytest.raises(FileError, match="as a timm:test_vit"):
        models.load("timm:test_vit", path)


def trainer(net: models.Network, side: int) -> Trainer:
    draws = torch.Generator().manual_seed(0)
    images = torch.randint(0, 256, (8, side, side, 3), dtype=torch.uint8, generator=draws)
    labels = torch.arange(8) % 3
    return Trainer(
        net,
        Packed(images),
        make("labels", [labels], [], {}),
        view=View(),
        batch_size=4,
        momentum=0.9,
        weight_decay=5e-4,
        nesterov=True,
        label_smoothing=0.0,
        augmentation=Augmentation(),
        precision="float32",
        device="cpu",
        seed=5,
        threads=1,
    )


DROPPING = [
    ("timm:test_vit?drop_path=0.5&size=64", 64),
    ("torchvision:mobilenet_v3_small", 64),  # dropout
    ("torchvision:efficientnet_b0", 64),  # dropout and stochastic depth
]


@pytest.mark.parametrize(("arch", "side"), [("timm:test_resnet", 64), *DROPPING])
def test_a_training_that_was_saved_and_loaded_goes_on_bit_for_bit(
    tmp_path: Path, arch: str, side: int
):
    whole = build(arch)
    trainer(whole, side).run([0.05] * 3)
    for stop in (1, 2):
        stopped = trainer(build(arch), side)
        stopped.run([0.05] * stop)
        stopped.save(str(tmp_path / "checkpoint"))
        torch.manual_seed(stop)  # whatever else the process draws
        net = build(arch, seed=9)
        resumed = trainer(net, side)
        resumed.load(str(tmp_path / "checkpoint"))
        resumed.run([0.05] * (3 - stop))
        assert same(whole, net)


@pytest.mark.parametrize(("arch", "side"), DROPPING)
def test_what_drops_draws_from_the_given_generator_and_only_in_training(arch: str, side: int):
    net = build(arch)
    pixels = pixels_of(side)
    net.set_draws(lambda purpose: generator(1, purpose))
    first, again = net.train()(pixels)[0], net(pixels)[0]
    torch.testing.assert_close(first, again, rtol=0, atol=1e-6)  # batch norms use this batch
    net.set_draws(lambda purpose: generator(2, purpose))
    assert not torch.allclose(first, net(pixels)[0])
    evaluated = net.eval()(pixels)[0]
    net.set_draws(lambda purpose: generator(3, purpose))
    assert torch.equal(evaluated, net(pixels)[0])


def test_what_is_dropped_keeps_the_mean_and_is_dropped_whole():
    values = torch.ones(4000, 3, 2, 2)
    for dimensions, shared in [(None, ()), (1, (1, 2, 3)), (2, (2, 3))]:
        layer = DrawnDropout("layer", 0.25, dimensions).train()
        layer.draws = lambda purpose: generator(1, purpose)
        dropped = layer(values)
        assert dropped.unique().tolist() == pytest.approx([0.0, 1 / 0.75])
        assert dropped.mean().item() == pytest.approx(1, abs=0.03)
        if shared:
            assert torch.equal(dropped.amin(shared), dropped.amax(shared))


def test_a_network_that_draws_elsewhere_is_refused_for_training_with_the_reason():
    net = build("timm:test_vit")
    norm = net.trunk.get_submodule("norm")
    norm.forward = lambda tokens: torch.nn.functional.dropout(tokens, 0.5, norm.training)
    pixels = pixels_of(160)
    assert torch.equal(net.embed(pixels), net.embed(pixels))
    before = models.state(net)
    with pytest.raises(InputError, match=r"Cannot train timm:test_vit.*process-wide generator"):
        net.set_draws(lambda purpose: generator(1, purpose))
    assert all(torch.equal(value, before[name]) for name, value in models.state(net).items())
