"""What oneDNN's kernels do with the networks, also those of a smaller CPU than this one.

A CPU plays one without AVX-512 by two environment variables. Whatever may crash or hang runs in a
process of its own; one that hangs spins, so a limit on its CPU time ends it, however busy the
machine is.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import torch

PACKAGES = Path(__file__).parents[2] / "py"
AVX2 = {"ONEDNN_MAX_CPU_ISA": "AVX2", "ATEN_CPU_CAPABILITY": "avx2"}
AVX512 = {"ONEDNN_MAX_CPU_ISA": "AVX512_CORE"}

LIMITS = """
import resource

resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
"""

EVERY_WIDTH = """
import sys
import torch
from clusterfit import models, objectives
from clusterfit.data import Augmentation, Clips, Packed, View
from clusterfit.training import Trainer

arch = sys.argv[1]
frames = 4 if arch.startswith("r2plus1d") else None
shape = (8, 64, 64, 3) if frames is None else (8, frames, 32, 32, 3)
images = torch.randint(0, 256, shape, dtype=torch.uint8)
for width in range(1, 17):
    for precision in ("float32", "bfloat16"):
        trainer = Trainer(
            models.build(arch, {"fc": 4}, width=width, seed=width),
            Packed(images) if frames is None else Clips(images),
            objectives.make("rotation", [], [], {}),
            view=View(frames=frames),
            batch_size=2,
            momentum=0.9,
            weight_decay=5e-4,
            nesterov=True,
            label_smoothing=0.0,
            augmentation=Augmentation(),
            precision=precision,
            device="cpu",
            seed=3,
            threads=1,
        )
        trainer.run([0.01] * 4)
        print("trained", width, precision, flush=True)
"""

# The memory that the gradients are about to get is filled with NaN.
ONE_PIXEL = """
import sys
import torch
from torch.nn.functional import conv2d

torch.set_num_threads(1)
for step in range(20):
    images = torch.randn(1152, 64, 1, 1).contiguous(memory_format=torch.channels_last)
    weight = torch.randn(128, 64, 3, 3, requires_grad=True)
    with torch.autocast("cpu", torch.bfloat16):
        outputs = conv2d(images, weight, stride=2, padding=1)
    for size in range(12, 21):
        torch.full((1 << size,), float("nan"))
    (found,) = torch.autograd.grad(outputs.sum(), weight)
    found[:, :, 1, 1] = 0  # all others see padding alone
    if found.count_nonzero():
        sys.exit("unset")
print("unharmed")
"""

# Of two frames, every weight is multiplied by one of them: none may be left unset.
TWO_FRAMES = """
import sys
import torch
from torch.nn.functional import conv3d

torch.set_num_threads(1)
for step in range(20):
    clips = torch.randn(8, 29, 2, 2, 2).contiguous(memory_format=torch.channels_last_3d)
    weight = torch.randn(16, 29, 3, 1, 1, requires_grad=True)
    with torch.autocast("cpu", torch.bfloat16):
        outputs = conv3d(clips, weight, padding=(1, 0, 0))
    for size in range(8, 21):
        torch.full((1 << size,), float("nan"))
    (found,) = torch.autograd.grad(outputs.sum(), weight)
    exact = conv3d(clips.double(), weight.double(), padding=(1, 0, 0))
    (expected,) = torch.autograd.grad(exact.sum(), weight)
    if not (found - expected).norm() < 0.05 * expected.norm():
        sys.exit("unset")
print("unharmed")
"""

SMALL_IMAGES = """
import torch
from clusterfit import models

net = models.build("resnet10-small", {"fc": 4}, width=16, seed=1)
for step in range(10):
    images = torch.randn(512, 3, 8, 8).contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16):
        (logits,) = net.train()(images)
    for size in range(12, 21):
        torch.full((1 << size,), float("nan"))
    net.zero_grad()
    logits.float().square().sum().backward()
    taps = net.get_parameter("layer4.0.conv1.weight").grad.clone()
    taps[:, :, 1, 1] = 0
    assert not taps.count_nonzero()
print("trained")
"""

# In one thread the stray bytes never meet those of another, which would wait for ever. They go
# past the end of a block that has its own pages, into memory that is not mapped or is one of ours.
STRIDED = """
import sys
import torch
from torch.nn.functional import conv2d

torch.set_num_threads(1)
channels = int(sys.argv[1])
for side in (256, 512, 1024):
    for step in range(10):
        images = torch.randn(1, channels, side, side).contiguous(memory_format=torch.channels_last)
        weight = torch.randn(8, channels, 1, 1, requires_grad=True)
        outputs = conv2d(images, weight, stride=2)
        gradient = torch.randn_like(outputs)
        before = images.clone(), gradient.clone(), [torch.randn(n) for n in range(1, 60, 3)]
        (found,) = torch.autograd.grad(outputs, weight, gradient)
        reference = conv2d(images.double(), weight.double(), stride=2)
        (expected,) = torch.autograd.grad(reference, weight, gradient.double())
        unharmed = torch.equal(images, before[0]) and torch.equal(gradient, before[1])
        if not unharmed or not torch.allclose(found, expected, rtol=1e-3, atol=1e-1):
            sys.exit("harmed")
print("unharmed")
"""


def run_child(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LIMITS + script, *arguments],
        env={**os.environ, "PYTHONPATH": str(PACKAGES), **environment},
        capture_output=True,
        text=True,
    )


def is_x86() -> bool:
    return bool(torch.cpu.get_capabilities().get("avx2", False))


@pytest.mark.parametrize("environment", [{}, AVX2], ids=["this CPU", "AVX2"])
@pytest.mark.parametrize("arch", ["resnet10-small", "r2plus1d-small"])
def test_networks_of_every_width_train(arch: str, environment: dict[str, str]):
    child = run_child(EVERY_WIDTH, arch, ONEDNN_VERBOSE="1", **environment)
    assert child.returncode == 0, f"{child.returncode}: {child.stderr[-2000:]}"
    trained = re.findall(r"^trained (\d+) (\w+)$", child.stdout, re.MULTILINE)
    assert trained == [(str(w), p) for w in range(1, 17) for p in ("float32", "bfloat16")]

    convolutions = re.findall(r",exec,cpu,convolution,([^,]+),(\w+),(.*)", child.stdout)
    implementations = {implementation for implementation, _, _ in convolutions}
    assert implementations, "oneDNN said nothing: is it in this PyTorch?"
    if environment and is_x86():
        assert not [name for name in implementations if "avx512" in name or "amx" in name]
        assert [name for name in implementations if "avx2" in name]
    # A heap can be damaged without a sign: what damages it must not be called at all.
    faulty = re.compile(r"_ic([2-9]|1[0-5])oc\d+_ih\d+oh\d+kh1sh[2-9]")
    called = {d for _, kind, d in convolutions if kind == "backward_weights" and faulty.search(d)}
    assert not called


def test_a_strided_convolution_of_one_pixel_leaves_no_gradient_unset():
    child = run_child(SMALL_IMAGES)
    assert "trained" in child.stdout, child.stderr[-2000:]


def test_float32_is_still_needed_for_a_strided_convolution_of_one_pixel():
    """Fails as soon as upstream has mended the fault."""
    if not torch.cpu.get_capabilities().get("avx512_bf16", False):
        pytest.skip("this CPU lacks avx512_bf16")
    child = run_child(ONE_PIXEL)
    assert "unset" in child.stderr, (
        f"PyTorch {torch.__version__} no longer leaves gradients of a strided 3x3 convolution of "
        "one pixel in bfloat16 unset. This test, and py/clusterfit/models/one_pixel.py, can "
        "be removed."
    )


def test_factored_convolutions_are_still_needed_as_2d_ones():
    """Fails as soon as upstream has mended the fault."""
    if not torch.cpu.get_capabilities().get("avx512_bf16", False):
        pytest.skip("this CPU lacks avx512_bf16")
    child = run_child(TWO_FRAMES)
    assert "unset" in child.stderr or child.returncode < 0, (
        f"PyTorch {torch.__version__} no longer leaves gradients of a 3x1x1 convolution of two "
        "frames in bfloat16 unset. Once a strided 1x3x3 one of a single pixel is right, too, the "
        "convolutions in py/clusterfit/models/factored.py can be those of nn.Conv3d."
    )


@pytest.mark.parametrize(
    ("name", "environment", "channels"), [("avx2", AVX2, 2), ("avx512_dq", AVX512, 8)]
)
def test_subsampled_convolutions_are_still_needed(
    name: str, environment: dict[str, str], channels: int
):
    """Fails as soon as upstream has mended the fault."""
    if not torch.cpu.get_capabilities().get(name, False):
        pytest.skip(f"this CPU lacks {name}")
    child = run_child(STRIDED, str(channels), **environment)
    assert "unharmed" not in child.stdout, (
        f"PyTorch {torch.__version__} no longer writes past oneDNN's scratchpad in the backward "
        f"pass of a strided 1x1 convolution with {environment['ONEDNN_MAX_CPU_ISA']}. Once this "
        "is so with AVX2 and with AVX512_CORE, py/clusterfit/models/subsampled.py and this "
        "test can be removed."
    )
    assert child.returncode < 0 or "harmed" in child.stderr, child.stderr[-2000:]
