import json
import re
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import safetensors.torch
import torch
import torchvision
from torch import Tensor

from clusterfit import export, models
from clusterfit.errors import Disagreement
from clusterfit.export import agreement
from clusterfit.models.foreign import ForeignNetwork
from clusterfit.models.network import Network
from clusterfit.seeds import generator

SIZE = 32


def trained(arch: str, **options: int) -> Network:
    """A network whose batch norms have seen pictures: their statistics have to come along."""
    net = models.build(arch, {"clusters": 11, "more": 3}, seed=5, **options)
    if isinstance(net, ForeignNetwork):
        net.set_draws(lambda purpose: generator(0, purpose))
    net.train()
    with torch.no_grad():
        net(pictures(16) * 3 + 1)
    return net.eval()


def pictures(count: int) -> Tensor:
    return torch.randn(count, 3, SIZE, SIZE, generator=torch.Generator().manual_seed(count))


@pytest.fixture(scope="module")
def small() -> Network:
    return trained("resnet10-small", width=8)


@pytest.fixture(scope="module")
def files(small: Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the small network as `network.pt2` and `network.onnx`."""
    folder = tmp_path_factory.mktemp("files")
    export.write_program(small, str(folder / "network.pt2"), size=SIZE, threads=1)
    export.write_onnx(small, str(folder / "network.onnx"), size=SIZE, threads=1)
    return folder


def answers(net: Network, images: Tensor) -> tuple[Tensor, Tensor]:
    with torch.inference_mode():
        features = net.embed(images)
        return features, net.fc(features)


def written(net: Network, folder: Path, arch: str) -> export.Weights:
    path = str(folder / "model.safetensors")
    return export.write_weights(net, path, arch=arch, size=SIZE, threads=1)


def test_a_program_answers_any_number_of_images_without_this_package(
    small: Network, files: Path, tmp_path: Path
):
    torch.save(pictures(5), tmp_path / "pictures.pt")
    subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, torch; program = torch.export.load(sys.argv[1]).module();"
            "torch.save(program(torch.load('pictures.pt')), 'answers.pt')",
            str(files / "network.pt2"),
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    found = torch.load(tmp_path / "answers.pt")
    for own, other in zip(answers(small, pictures(5)), found, strict=True):
        torch.testing.assert_close(own, other)


def test_an_onnx_graph_answers_any_number_of_images(small: Network, files: Path):
    import onnxruntime

    session = onnxruntime.InferenceSession(
        str(files / "network.onnx"), providers=["CPUExecutionProvider"]
    )
    assert [(put.name, put.shape) for put in session.get_inputs()] == [
        ("pixels", ["batch", 3, SIZE, SIZE])
    ]
    for count in (1, 3):
        found = session.run(["features", "logits"], {"pixels": pictures(count).numpy()})
        for own, other in zip(answers(small, pictures(count)), found, strict=True):
            torch.testing.assert_close(own, torch.from_numpy(other), atol=1e-4, rtol=0)


@pytest.mark.parametrize(
    ("write", "name"), [(export.write_program, "network.pt2"), (export.write_onnx, "network.onnx")]
)
def test_the_same_network_gives_the_same_bytes_without_a_place_in_them(
    write: Callable[..., None], name: str, files: Path, tmp_path: Path
):
    write(trained("resnet10-small", width=8), str(tmp_path / name), size=SIZE, threads=1)
    found = (tmp_path / name).read_bytes()
    assert found == (files / name).read_bytes()
    for place in (str(tmp_path), str(Path(export.__file__).parents[2]), "site-packages"):
        assert place.encode() not in found


def test_an_export_leaves_the_network_as_it_was(small: Network, tmp_path: Path):
    before = models.state(small)
    export.write_program(small, str(tmp_path / "network.pt2"), size=SIZE, threads=1)
    assert models.state(small).keys() == before.keys()
    assert [*small.heads] == ["more"]
    assert all(torch.equal(value, before[name]) for name, value in models.state(small).items())


@pytest.mark.parametrize(
    ("write", "form"), [(export.write_program, "torch.export"), (export.write_onnx, "ONNX")]
)
def test_a_file_that_answers_otherwise_is_refused_and_removed(
    write: Callable[..., None],
    form: str,
    small: Network,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    def other_weights(deployed: torch.nn.Module, size: int) -> object:
        trace = as_it_is(deployed, size)
        bias = trace.state_dict["net.fc.bias"]
        trace.state_dict["net.fc.bias"] = torch.nn.Parameter(bias + 2e-4, requires_grad=False)
        return trace

    graphs = sys.modules["clusterfit.export.graphs"]
    as_it_is = graphs._trace
    monkeypatch.setattr(graphs, "_trace", other_weights)
    path = tmp_path / "network"
    message = f"Cannot export to {form}: it needs the logits that PyTorch gives, within 0.0001"
    with pytest.raises(Disagreement, match=re.escape(message)):
        write(small, str(path), size=SIZE, threads=1)
    assert not path.exists()


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        (lambda features, logits: (features, logits[:1].expand_as(logits)), "0."),
        (lambda features, logits: (features[:1], logits), "inf"),
        (lambda features, logits: (features, logits * torch.nan), "nan"),
        (lambda features, logits: (features + 1.1e-4, logits), "0.00011"),
    ],
)
def test_each_output_is_compared_at_several_batch_sizes(
    wrong: Callable[[Tensor, Tensor], tuple[Tensor, Tensor]], found: str, small: Network
):
    from clusterfit.export.deployed import Deployed

    deployed = Deployed(small)
    agreement.check_agreement(deployed, deployed, SIZE, "a form")
    with pytest.raises(Disagreement, match=f"found {re.escape(found)}"):
        agreement.check_agreement(deployed, lambda images: wrong(*deployed(images)), SIZE, "a form")


def test_large_outputs_may_be_off_by_as_large_a_part(small: Network):
    from clusterfit.export.deployed import Deployed

    deployed = Deployed(small)
    deployed.net.fc.weight.mul_(1e5)
    largest = deployed(pictures(7))[1].abs().max()
    assert largest > 1000

    def off(images: Tensor) -> tuple[Tensor, Tensor]:
        features, logits = deployed(images)
        return features, logits + 0.5e-4 * logits.abs().max()

    agreement.check_agreement(deployed, off, SIZE, "a form")


def test_torchvision_loads_the_weights_of_its_own_sizes(tmp_path: Path):
    net = trained("resnet18")
    written(net, tmp_path, "resnet18")
    theirs = vars(torchvision.models)["resnet18"](num_classes=11).eval()
    theirs.load_state_dict(safetensors.torch.load_file(tmp_path / "model.safetensors"))
    with torch.inference_mode():
        torch.testing.assert_close(theirs(pictures(3)), net(pictures(3))[0])


@pytest.mark.parametrize(
    ("arch", "arguments"),
    [
        ("torchvision:mobilenet_v3_small", {}),
        ("timm:resnet10t", {}),
        (
            "timm:vit_tiny_patch16_224?size=32&pool=mean",
            {"img_size": 32, "global_pool": "avg", "fc_norm": False},
        ),
    ],
)
def test_another_library_loads_its_own_network(
    arch: str, arguments: dict[str, object], tmp_path: Path
):
    net = trained(arch)
    assert written(net, tmp_path, arch) == {"named": True, "arguments": arguments}
    library, _, name = arch.partition("?")[0].partition(":")
    if library == "timm":
        import timm

        config = {
            "architecture": name,
            "num_classes": 11,
            "pretrained_cfg": {"input_size": [3, SIZE, SIZE]},
            "model_args": arguments,
        }
        (tmp_path / "config.json").write_text(json.dumps(config))
        theirs = timm.create_model(f"local-dir:{tmp_path}", pretrained=True).eval()
    else:
        theirs = torchvision.models.get_model(name, weights=None, num_classes=11).eval()
        theirs.load_state_dict(safetensors.torch.load_file(tmp_path / "model.safetensors"))
    with torch.inference_mode():
        torch.testing.assert_close(theirs(pictures(3)), net(pictures(3))[0], rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    ("arch", "width"),
    [
        ("resnet10-small", 8),
        ("torchvision:squeezenet1_1", None),
    ],
)
def test_the_script_loads_what_no_library_knows(arch: str, width: int | None, tmp_path: Path):
    net = trained(arch) if width is None else trained(arch, width=width)
    assert written(net, tmp_path, arch)["named"] == (width is not None)
    script = export.script(arch, weights="model.safetensors", width=width)
    (tmp_path / "load.py").write_text(script)
    load = runpy.run_path(str(tmp_path / "load.py"))["load"]
    theirs = load()
    with torch.inference_mode():
        logits = theirs(pictures(3))
        theirs.fc = torch.nn.Identity()
        found = (theirs(pictures(3)), logits)
    for own, other in zip(answers(net, pictures(3)), found, strict=True):
        torch.testing.assert_close(own, other)
