import subprocess
import sys
from pathlib import Path

import pytest
import torch
import torchvision

from clusterfit import nets, tensors
from clusterfit.errors import FileError, InputError
from clusterfit.images import normalise

ARCHITECTURES = nets.ARCHITECTURES


def weights(arch: str, seed: int) -> torch.Tensor:
    return torch.cat([p.detach().flatten() for p in nets.build(arch, 5, seed=seed).parameters()])


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
    nets.build("resnet18", 5, seed=1)
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.parametrize("arch", ["resnet18", "resnet34", "resnet50"])
def test_torchvision_sizes_have_torchvisions_parameters(arch: str):
    with torch.device("meta"):
        theirs = vars(torchvision.models)[arch](num_classes=10).state_dict()
    ours = nets.build(arch, 10, seed=0).state_dict()
    assert {k: v.shape for k, v in ours.items()} == {k: v.shape for k, v in theirs.items()}


def test_weights_have_the_spread_that_he_and_pytorch_prescribe():
    net = nets.build("resnet18", 1000, seed=0)
    kernel = net.layer4[1].get_parameter("conv2.weight")
    assert kernel.std().item() == pytest.approx((2 / (512 * 9)) ** 0.5, rel=0.01)
    assert net.fc.weight.abs().max().item() == pytest.approx(512**-0.5, rel=0.01)
    assert net.fc.weight.std().item() == pytest.approx((3 * 512) ** -0.5, rel=0.01)
    assert net.fc.bias.abs().max().item() <= 512**-0.5
    assert net.layer1[0].get_parameter("bn1.weight").eq(1).all()
    assert net.layer1[0].get_buffer("bn1.running_var").eq(1).all()


def test_stages_of_a_small_network_halve_the_side_and_double_the_channels():
    net = nets.build("resnet10-small", 5, width=8, seed=0).eval()
    shapes = {name: tuple(x.shape) for name, x in nets.stages(net, torch.zeros(2, 3, 32, 32))}
    assert shapes == {
        "conv1": (2, 8, 16, 16),
        "res2": (2, 8, 16, 16),
        "res3": (2, 16, 8, 8),
        "res4": (2, 32, 4, 4),
        "res5": (2, 64, 2, 2),
    }


@pytest.mark.parametrize("arch", ["resnet10-small", "resnet18"])
def test_stages_pooled_and_classified_are_the_network(arch: str):
    net = nets.build(arch, 5, seed=0).eval()
    images = torch.randn(2, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    *_, (_, outputs) = nets.stages(net, images)
    torch.testing.assert_close(net.fc(outputs.mean((2, 3))), net(images))


@pytest.mark.parametrize(("stride", "side"), [(2, 7), (2, 8), (3, 8), ((1, 2), 5)])
def test_a_subsampled_convolution_is_the_strided_one(stride: int | tuple[int, int], side: int):
    draws = torch.Generator().manual_seed(0)
    images = torch.randn(3, 4, side, side, generator=draws, dtype=torch.float64, requires_grad=True)
    ours = nets.SubsampledConv2d(4, 6, 1, stride, bias=False, dtype=torch.float64)
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
    net = nets.build(arch, 5, width=width, seed=0)
    found = [n for n, module in net.named_modules() if type(module) is nets.SubsampledConv2d]
    assert found == [f"{name}.0.downsample.0" for name in names]


@pytest.mark.parametrize(("arch", "width"), [("resnet10-small", 8), ("resnet18", None)])
def test_a_saved_network_loads_here_and_by_its_snippet(
    tmp_path: Path, arch: str, width: int | None
):
    path = str(tmp_path / "network.safetensors")
    net = nets.build(arch, 5, width=width, seed=0)
    draws = torch.Generator().manual_seed(0)
    pixels = torch.randint(0, 256, (2, 64, 64, 3), dtype=torch.uint8, generator=draws)
    images = normalise(pixels).permute(0, 3, 1, 2)
    net(images)
    tensors.save(path, nets.state(net))
    logits = net.eval()(images)
    torch.testing.assert_close(nets.load(arch, path, width=width).eval()(images), logits)

    code = nets.snippet(arch, 5, width=width, path=path)
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
    pooled = list(nets.stages(net, images))[-1][1].mean((2, 3))
    torch.testing.assert_close(tensors.load(f"{tmp_path}/logits")["logits"], pooled)


def test_a_file_of_another_network_is_refused(tmp_path: Path):
    path = str(tmp_path / "network.safetensors")
    tensors.save(path, nets.state(nets.build("resnet10-small", 5, seed=0)))
    with pytest.raises(FileError, match="as a resnet18-small"):
        nets.load("resnet18-small", path)
    tensors.save(path, {"labels": torch.zeros(3)})
    with pytest.raises(FileError, match="as a resnet10-small"):
        nets.load("resnet10-small", path)


@pytest.mark.parametrize(
    ("arch", "classes", "width", "message"),
    [
        ("resnet19", 5, None, "Unknown architecture 'resnet19': choose one of resnet18"),
        ("resnet18", 5, 16, "resnet18 of width 16: its width is 64"),
        ("resnet10-small", 5, 0, "of width 0: the width has to be at least 1"),
        ("resnet10-small", 1, None, "of 1 classes: it takes at least 2"),
    ],
)
def test_impossible_networks_are_refused(arch: str, classes: int, width: int | None, message: str):
    with pytest.raises(InputError, match=message):
        nets.build(arch, classes, width=width, seed=0)
