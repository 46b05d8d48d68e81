"""R(2+1)D against torchvision's VideoResNet, and its convolutions against 3D ones in float64."""

import subprocess
import sys
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torchvision.models.video import resnet  # pyright: ignore

from clusterfit import models, objectives, tensors
from clusterfit.data import Augmentation, Clips, Packed, Source, View
from clusterfit.data.augmentation import normalise
from clusterfit.errors import InputError
from clusterfit.features import extract
from clusterfit.models.factored import SpatialConv, SubsamplingConv, TemporalConv
from clusterfit.seeds import generator
from clusterfit.training import Trainer


def shades(*shape: int) -> Tensor:
    return torch.randint(256, shape, dtype=torch.uint8, generator=generator(0, "pixels"))


def torchvisions(depths: list[int]) -> nn.Module:
    """Return torchvision's network with the original's channels in strided blocks and its eps."""
    factored = resnet.Conv2Plus1D
    net = resnet.VideoResNet(resnet.BasicBlock, [factored] * 4, depths, resnet.R2Plus1dStem)
    for layer, planes, channels in (
        (net.layer2, 128, 288),
        (net.layer3, 256, 576),
        (net.layer4, 512, 1152),
    ):
        layer.set_submodule("0.conv2.0", factored(planes, planes, channels))
    for module in net.modules():
        if isinstance(module, nn.BatchNorm3d):
            module.eps = 1e-3
    return net.eval()


def test_parameters_are_those_of_the_paper_by_hand():
    # a convolution i -> m -> o: 9im + 3mo weights, and 2m of the norm between
    def factored(i: int, m: int, o: int) -> int:
        return 9 * i * m + 2 * m + 3 * m * o

    def strided(i: int, m: int) -> int:  # its second convolution has 2.25 * o channels between
        o = 2 * i
        down = i * o + 2 * o
        return factored(i, m, o) + 2 * o + factored(o, 9 * o // 4, o) + 2 * o + down

    def plain(o: int) -> int:
        return 2 * (factored(o, 9 * o // 4, o) + 2 * o)

    stem = 3 * 45 * 49 + 2 * 45 + 45 * 64 * 3 + 2 * 64
    first = stem + strided(64, 230) + strided(128, 460) + strided(256, 921) + 512 * 400 + 400
    depth_18 = first + 2 * plain(64) + plain(128) + plain(256) + plain(512)
    depth_34 = first + 3 * plain(64) + 3 * plain(128) + 5 * plain(256) + 2 * plain(512)
    assert (depth_18, depth_34) == (33_370_839, 63_697_175)
    for arch, expected in (("r2plus1d-18", depth_18), ("r2plus1d-34", depth_34)):
        net = models.build(arch, {"fc": 400}, seed=0)
        assert sum(parameter.numel() for parameter in net.parameters()) == expected


@pytest.mark.parametrize(
    ("arch", "depths"), [("r2plus1d-18", [2, 2, 2, 2]), ("r2plus1d-34", [3, 4, 6, 3])]
)
def test_names_and_sizes_are_torchvisions_with_the_originals_channels(arch: str, depths: list[int]):
    with torch.device("meta"):
        theirs = torchvisions(depths).state_dict()
    ours = models.build(arch, {"fc": 400}, seed=0).state_dict()
    assert {k: v.shape for k, v in ours.items()} == {k: v.shape for k, v in theirs.items()}


def test_layers_and_logits_are_torchvisions():
    net = models.build("r2plus1d-18", {"fc": 400}, seed=0).double()
    clips = normalise(shades(2, 3, 24, 24, 3)).movedim(-1, 1).double()
    net.train()(clips)  # statistics that are no longer 0 and 1
    theirs = torchvisions([2, 2, 2, 2]).double()
    theirs.load_state_dict(net.eval().state_dict())
    with torch.inference_mode():
        outputs = theirs.get_submodule("stem")(clips)
        found = dict(net.layers(clips))
        for name in ("res2", "res3", "res4", "res5"):
            outputs = theirs.get_submodule(f"layer{int(name[3]) - 1}")(outputs)
            torch.testing.assert_close(found[name], outputs.mean(2))
        torch.testing.assert_close(net.embed(clips), outputs.mean((2, 3, 4)))
        torch.testing.assert_close(net(clips)[0], theirs(clips))


def test_layers_of_the_small_one_halve_the_sides_and_double_the_channels():
    net = models.build("r2plus1d-small", {"fc": 5}, seed=0)
    clips = torch.zeros(2, 3, 8, 32, 32)
    assert {name: tuple(layer.shape) for name, layer in net.layers(clips)} == {
        "conv1": (2, 16, 16, 16),
        "res2": (2, 16, 16, 16),
        "res3": (2, 32, 8, 8),
        "res4": (2, 64, 4, 4),
        "res5": (2, 128, 2, 2),
    }
    # 8 frames become 4, 2, 1
    assert net.get_submodule("layer3")(torch.zeros(1, 32, 4, 8, 8)).shape == (1, 64, 2, 4, 4)
    assert models.layers(net, 32)[-1] == {"name": "res5", "channels": 128, "height": 2, "width": 2}
    assert models.layers(net, None)[0]["height"] == 56


@pytest.mark.parametrize("precision", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize(("frames", "side"), [(1, 4), (2, 4), (3, 5), (4, 2), (2, 1)])
@pytest.mark.parametrize("stride", [1, 2])
def test_factored_convolutions_are_the_3d_ones(
    precision: torch.dtype, frames: int, side: int, stride: int
):
    draws = generator(1, "values")
    if side == 1 and stride == 2:
        pytest.skip("oneDNN: run in float32, see one_pixel.py")
    for conv in (
        SpatialConv(6, 9, 3, stride),
        TemporalConv(6, 9, stride),
        SubsamplingConv(6, 9, stride),
    ):
        shape = (4, frames, side, side, 6)
        clips = torch.randn(shape, generator=draws).movedim(-1, 1).requires_grad_()
        with torch.autocast("cpu", precision, precision != torch.float32):
            outputs = conv(clips)
        seed = torch.randn(outputs.shape, generator=draws)
        given = clips.detach().double().requires_grad_()
        weight = conv.weight.detach().double().requires_grad_()
        exact = F.conv3d(given, weight, None, conv.stride, conv.padding)  # pyright: ignore
        assert outputs.shape == exact.shape
        found = [outputs, *torch.autograd.grad(outputs.float(), [clips, conv.weight], seed)]
        wanted = [exact, *torch.autograd.grad(exact, [given, weight], seed.double())]
        tolerance = 1e-5 if precision == torch.float32 else 0.02
        for got, want in zip(found, wanted, strict=True):
            assert (got.double() - want).norm() <= tolerance * want.norm()


@pytest.mark.parametrize(("arch", "width"), [("r2plus1d-small", 8), ("r2plus1d-18", None)])
def test_a_saved_network_loads_here_and_by_its_snippet(
    tmp_path: Path, arch: str, width: int | None
):
    path = str(tmp_path / "network.safetensors")
    net = models.build(arch, {"fc": 5}, width=width, seed=0)
    pixels = shades(2, 4, 24, 24, 3)
    clips = normalise(pixels).movedim(-1, 1)
    net.train()(clips)
    tensors.save(path, models.state(net))
    (logits,) = net.eval()(clips)
    torch.testing.assert_close(models.load(arch, path, width=width)(clips)[0], logits)

    code = models.snippet(arch, {"fc": 5}, width=width, path=path)
    assert "clusterfit" not in code.replace(path, "")
    tensors.save(f"{tmp_path}/pixels", {"pixels": pixels})
    script = [
        "import safetensors.torch",
        f"pixels = safetensors.torch.load_file('{tmp_path}/pixels')['pixels']",
        code,
        f"safetensors.torch.save_file({{'logits': logits.detach()}}, '{tmp_path}/logits')",
    ]
    subprocess.run([sys.executable, "-I", "-c", "\n".join(script)], check=True)
    torch.testing.assert_close(tensors.load(f"{tmp_path}/logits")["logits"], logits)


def trainer(
    source: Source, arch: str, objective: str = "rotation", frames: int | None = None
) -> Trainer:
    return Trainer(
        models.build(arch, {"fc": 4}, width=4, seed=1),
        source,
        objectives.make(objective, [], [], {} if objective == "rotation" else {"hidden": 4}),
        view=View(frames=frames),
        batch_size=4,
        momentum=0.9,
        weight_decay=5e-4,
        nesterov=True,
        label_smoothing=0.0,
        augmentation=Augmentation(shift=2, flip=True),
        precision="float32",
        device="cpu",
        seed=3,
        threads=1,
    )


def test_a_training_on_clips_goes_on_from_a_checkpoint_bit_for_bit(tmp_path: Path):
    source = Clips(shades(12, 6, 16, 16, 3))
    path = str(tmp_path / "checkpoint.safetensors")
    whole = trainer(source, "r2plus1d-small", frames=4)
    whole.run([0.1] * 5)
    first = trainer(source, "r2plus1d-small", frames=4)
    first.run([0.1] * 2)
    first.save(path)
    second = trainer(source, "r2plus1d-small", frames=4)
    second.load(path)
    second.run([0.1] * 3)
    whole.save_network(str(tmp_path / "whole"))
    second.save_network(str(tmp_path / "second"))
    assert (tmp_path / "whole").read_bytes() == (tmp_path / "second").read_bytes()


def test_clips_of_a_network_of_stills_and_stills_of_one_of_clips_are_refused():
    clips, stills = Clips(shades(4, 6, 16, 16, 3)), Packed(shades(4, 16, 16, 3))
    with pytest.raises(InputError, match="Cannot train: it needs a network of clips, as its"):
        trainer(clips, "resnet10-small", frames=4)
    with pytest.raises(InputError, match="Cannot train: it needs a network of stills, as"):
        trainer(stills, "r2plus1d-small")
    with pytest.raises(InputError, match="Cannot extract features: it needs a network of stills"):
        extract(
            models.build("r2plus1d-small", {"fc": 4}, seed=1),
            stills,
            {"features": {"layer": "res5", "budget": None}},
            view=View(),
            rows=None,
            batch_size=4,
            precision="float32",
            device="cpu",
            threads=1,
        )


def test_puzzles_of_clips_are_refused():
    with pytest.raises(InputError, match="Cannot train by jigsaw: it needs a network of stills"):
        trainer(Clips(shades(4, 6, 16, 16, 3)), "r2plus1d-small", "jigsaw", frames=4)


def test_another_width_of_the_originals_and_none_of_the_small_one_are_refused():
    with pytest.raises(InputError, match="r2plus1d-34 of width 32: it needs width 64"):
        models.build("r2plus1d-34", {"fc": 4}, seed=1, width=32)
    with pytest.raises(InputError, match="width 0: it needs 1 channel or more"):
        models.build("r2plus1d-small", {"fc": 4}, seed=1, width=0)
