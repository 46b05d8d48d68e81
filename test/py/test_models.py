import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
import torchvision

from clusterfit import models, tensors
from clusterfit.data.augmentation import normalise
from clusterfit.errors import FileError, InputError
from clusterfit.models.network import Network
from clusterfit.models.resnets import ResidualNetwork
from clusterfit.models.subsampled import SubsampledConv2d


def weights(arch: str, seed: int) -> torch.Tensor:
    return torch.cat(
        [p.detach().flatten() for p in models.build(arch, {"fc": 5}, seed=seed).parameters()]
    )


@pytest.mark.parametrize("arch", ["resnet10-small", "resnet18-small", "resnet18"])
def test_weights_depend_on_the_seed_only(arch: str):
    before = torch.get_rng_state()
    first = weights(arch, 1)
    torch.manual_seed(99)
    assert torch.equal(first, weights(arch, 1))
    assert not torch.equal(first, weights(arch, 2))
    torch.set_rng_state(before)


def test_building_draws_nothing_from_the_global_generator():
    before = torch.get_rng_state()
    models.build("resnet18", {"fc": 5}, seed=1)
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.parametrize("arch", ["resnet18", "resnet34", "resnet50"])
def test_torchvision_sizes_have_torchvisions_parameters(arch: str):
    with torch.device("meta"):
        theirs = vars(torchvision.models)[arch](num_classes=10).state_dict()
    ours = models.build(arch, {"fc": 10}, seed=0).state_dict()
    assert {k: v.shape for k, v in ours.items()} == {k: v.shape for k, v in theirs.items()}


def test_weights_have_the_spread_that_he_and_pytorch_prescribe():
    net = models.build("resnet18", {"fc": 1000}, seed=0)
    assert isinstance(net, ResidualNetwork)
    kernel = net.layer4[1].get_parameter("conv2.weight")
    assert kernel.std().item() == pytest.approx((2 / (512 * 9)) ** 0.5, rel=0.01)
    assert net.fc.weight.abs().max().item() == pytest.approx(512**-0.5, rel=0.01)
    assert net.fc.weight.std().item() == pytest.approx((3 * 512) ** -0.5, rel=0.01)
    assert net.fc.bias.abs().max().item() <= 512**-0.5
    assert net.layer1[0].get_parameter("bn1.weight").eq(1).all()
    assert net.layer1[0].get_buffer("bn1.running_var").eq(1).all()


def test_layers_of_a_small_network_halve_the_side_and_double_the_channels():
    net = models.build("resnet10-small", {"fc": 5}, width=8, seed=0).eval()
    shapes = {name: tuple(x.shape) for name, x in net.layers(torch.zeros(2, 3, 32, 32))}
    assert shapes == {
        "conv1": (2, 8, 16, 16),
        "res2": (2, 8, 16, 16),
        "res3": (2, 16, 8, 8),
        "res4": (2, 32, 4, 4),
        "res5": (2, 64, 2, 2),
    }


@pytest.mark.parametrize("arch", ["resnet10-small", "resnet18"])
def test_layers_pooled_and_classified_are_the_network(arch: str):
    net = models.build(arch, {"fc": 5}, seed=0).eval()
    images = torch.randn(2, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    *_, (_, outputs) = net.layers(images)
    torch.testing.assert_close(net.fc(outputs.mean((2, 3))), net(images)[0])


@pytest.mark.parametrize(("stride", "side"), [(2, 7), (2, 8), (3, 8), ((1, 2), 5)])
def test_a_subsampled_convolution_is_the_strided_one(stride: int | tuple[int, int], side: int):
    draws = torch.Generator().manual_seed(0)
    images = torch.randn(3, 4, side, side, generator=draws, dtype=torch.float64, requires_grad=True)
    ours = SubsampledConv2d(4, 6, 1, stride, bias=False, dtype=torch.float64)
    theirs = torch.nn.Conv2d(4, 6, 1, stride, bias=False, dtype=torch.float64)
    theirs.load_state_dict(ours.state_dict())
    outputs, expected = ours(images), theirs(images)
    torch.testing.assert_close(outputs, expected)
    seed = torch.randn(expected.shape, generator=draws, dtype=torch.float64)
    for got, want in zip(
        torch.autograd.grad(outputs, [images, ours.weight], seed),
        torch.autograd.grad(expected, [images, theirs.weight], seed),
        strict=True,
    ):
        torch.testing.assert_close(got, want)


@pytest.mark.parametrize(
    ("arch", "width", "names"),
    [
        ("resnet10-small", 16, []),
        ("resnet10-small", 15, ["layer2"]),
        ("resnet18-small", 7, ["layer2", "layer3"]),
        ("resnet10-small", 3, ["layer2", "layer3", "layer4"]),
        ("resnet18", None, []),
        ("resnet50", None, []),
    ],
)
def test_narrow_strided_1x1_convolutions_are_subsampled_and_no_others(
    arch: str, width: int | None, names: list[str]
):
    net = models.build(arch, {"fc": 5}, width=width, seed=0)
    found = [n for n, module in net.named_modules() if type(module) is SubsampledConv2d]
    assert found == [f"{name}.0.downsample.0" for name in names]


@pytest.mark.parametrize(("arch", "width"), [("resnet10-small", 8), ("resnet18", None)])
def test_a_saved_network_loads_here_and_by_its_snippet(
    tmp_path: Path, arch: str, width: int | None
):
    path = str(tmp_path / "network.safetensors")
    net = models.build(arch, {"fc": 5}, width=width, seed=0)
    draws = torch.Generator().manual_seed(0)
    pixels = torch.randint(0, 256, (2, 64, 64, 3), dtype=torch.uint8, generator=draws)
    images = normalise(pixels).permute(0, 3, 1, 2)
    net.train()(images)
    tensors.save(path, models.state(net))
    (logits,) = net.eval()(images)
    torch.testing.assert_close(models.load(arch, path, width=width)(images)[0], logits)

    code = models.snippet(arch, {"fc": 5}, width=width, path=path)
    assert "clusterfit" not in code.replace(path, "")
    tensors.save(f"{tmp_path}/pixels", {"pixels": pixels})
    load = f"safetensors.torch.load_file('{tmp_path}/pixels')"
    before = f"import safetensors.torch\npixels = {load}['pixels']"
    after = f"safetensors.torch.save_file({{'logits': logits.detach()}}, '{tmp_path}/logits')"
    # in a process where nothing of this package has been imported
    script = "\n".join([before, code, after])
    subprocess.run([sys.executable, "-I", "-c", script], check=True)
    torch.testing.assert_close(tensors.load(f"{tmp_path}/logits")["logits"], logits)

    features = code.replace("# net.fc", "net.fc")
    subprocess.run([sys.executable, "-I", "-c", "\n".join([before, features, after])], check=True)
    pooled = list(net.layers(images))[-1][1].mean((2, 3))
    torch.testing.assert_close(tensors.load(f"{tmp_path}/logits")["logits"], pooled)


def test_a_file_of_another_network_is_refused(tmp_path: Path):
    path = str(tmp_path / "network.safetensors")
    tensors.save(path, models.state(models.build("resnet10-small", {"fc": 5}, seed=0)))
    with pytest.raises(FileError, match="as a resnet18-small"):
        models.load("resnet18-small", path)
    tensors.save(path, {"labels": torch.zeros(3)})
    with pytest.raises(FileError, match="as a resnet10-small"):
        models.load("resnet10-small", path)


@pytest.mark.parametrize(
    ("arch", "heads", "width", "message"),
    [
        (
            "resnet19",
            {"fc": 5},
            None,
            "architecture 'resnet19': it needs one of resnet18, resnet34",
        ),
        ("resnet18", {"fc": 5}, 16, "resnet18 of width 16: it needs width 64"),
        ("resnet10-small", {"fc": 5}, 0, "of width 0: it needs 1 channel or more"),
        ("resnet10-small", {"fc": 1}, None, "each of at least 2 outputs, found {'fc': 1}"),
        ("resnet10-small", {}, None, "it needs one or more, .* found {}"),
        ("resnet10-small", {"a": 2, "b.c": 2}, None, r"Cannot name a head 'b\.c'"),
    ],
)
def test_impossible_networks_are_refused(
    arch: str, heads: dict[str, int], width: int | None, message: str
):
    with pytest.raises(InputError, match=message):
        models.build(arch, heads, width=width, seed=0)


def test_networks_are_in_evaluation_mode_until_they_are_trained(tmp_path: Path):
    net = models.build("resnet10-small", {"fc": 5}, width=4, seed=0)
    path = str(tmp_path / "network.safetensors")
    tensors.save(path, models.state(net))
    assert not net.training
    assert not models.load("resnet10-small", path, width=4).training


def test_further_heads_leave_the_first_network_as_it_is():
    one = models.build("resnet10-small", {"hashtags": 5}, width=4, seed=0)
    two = models.build("resnet10-small", {"hashtags": 5, "clusters": 3}, width=4, seed=0)
    images = torch.randn(2, 3, 16, 16, generator=torch.Generator().manual_seed(0))
    assert list(one.state_dict())[-2:] == ["fc.weight", "fc.bias"]
    assert list(two.state_dict())[-2:] == ["heads.clusters.weight", "heads.clusters.bias"]
    for name, value in one.state_dict().items():
        assert torch.equal(value, two.state_dict()[name])
    first, second = two(images)
    assert torch.equal(first, one(images)[0])
    _, head = two.all_heads
    torch.testing.assert_close(second, two.embed(images) @ head.weight.T + head.bias)


def test_heads_can_be_replaced():
    net = models.build("resnet10-small", {"a": 5, "b": 3}, width=4, seed=0)
    net.set_heads({"c": 7})
    assert [head.out_features for head in net.all_heads] == [7]
    assert net.fc.in_features == net.layer_sizes["res5"] == 32


def test_a_network_of_several_heads_loads_here_and_by_its_snippet(tmp_path: Path):
    path = str(tmp_path / "network.safetensors")
    heads = {"a": 5, "b": 3, "c": 4}
    net = models.build("resnet10-small", heads, width=4, seed=0)
    tensors.save(path, models.state(net))
    pixels = torch.randint(0, 256, (2, 16, 16, 3), dtype=torch.uint8)
    images = normalise(pixels).permute(0, 3, 1, 2)
    logits = net(images)
    loaded = models.load("resnet10-small", path, width=4)(images)
    for found, expected in zip(loaded, logits, strict=True):
        assert torch.equal(found, expected)

    scope: dict[str, object] = {"pixels": pixels}
    exec(models.snippet("resnet10-small", heads, width=4, path=path), scope)
    assert isinstance(scope["logits"], torch.Tensor)
    torch.testing.assert_close(scope["logits"], logits[0])
    assert isinstance(scope["further"], dict)
    assert sorted(scope["further"]) == [
        f"heads.{name}.{part}" for name in ("b", "c") for part in ("bias", "weight")
    ]


class OneConvolution(Network):
    """A backbone of one layer."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv = torch.nn.Conv2d(3, width, 3)

    @property
    def layer_sizes(self) -> dict[str, int]:
        return {"only": self.conv.out_channels}

    def layers(self, pixels_BCHW: torch.Tensor) -> Iterator[tuple[str, torch.Tensor]]:
        yield "only", self.conv(pixels_BCHW)


class Tiny:
    """What the registry needs to know of it."""

    width = 6

    def lay_out(self, width: int) -> Network:
        return OneConvolution(width)

    def source(self, width: int) -> list[str]:
        return [f"net = Tiny({width})"]


def test_a_backbone_is_one_object_of_the_registry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setitem(models.BACKBONES, "tiny", Tiny())
    net = models.build("tiny", {"fc": 5}, seed=0)
    assert net.get_parameter("conv.bias").eq(0).all()
    path = str(tmp_path / "network.safetensors")
    tensors.save(path, models.state(net))
    pixels = torch.randn(2, 3, 8, 8)
    assert torch.equal(models.load("tiny", path)(pixels)[0], net(pixels)[0])
    assert "net = Tiny(6)" in models.snippet("tiny", {"fc": 5}, path=path)


def test_weights_that_nothing_draws_are_a_fault(monkeypatch: pytest.MonkeyPatch):
    class Normed(OneConvolution):
        def __init__(self, width: int) -> None:
            super().__init__(width)
            self.norm = torch.nn.LayerNorm(width)

    class Backbone(Tiny):
        def lay_out(self, width: int) -> Network:
            return Normed(width)

    monkeypatch.setitem(models.BACKBONES, "normed", Backbone())
    with pytest.raises(TypeError, match="Normed has to initialise its LayerNorm"):
        models.build("normed", {"fc": 5}, seed=0)
