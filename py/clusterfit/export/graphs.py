"""The network as a graph: written, read back and compared."""

import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import torch
from torch import Tensor
from torch.export import Dim, ExportedProgram

from .. import devices
from ..extras import need
from ..models.network import Network
from .agreement import check_agreement
from .deployed import INPUT, OUTPUTS, Deployed

_SHAPES = ({0: Dim("batch", min=1)},)
"""Of the input: any number of images, of one size."""


def write_program(net: Network, path: str, *, size: int, threads: int) -> None:
    """Write what `torch.export.load` reads: any number of images of `size` x `size` pixels.

    The same network gives the same bytes under the same file name, which stands in them.

    Raises:
        Disagreement: the file does not answer as the network does; it is removed.
    """
    deployed = Deployed(net)
    with devices.threads(threads), _removed_unless_right(path), _quiet():
        torch.export.save(_trace(deployed, size), path)
        program = torch.export.load(path).module()
        check_agreement(deployed, program, size, "torch.export")


def write_onnx(net: Network, path: str, *, size: int, threads: int) -> None:
    """Write an ONNX graph: "pixels" float32 [batch, 3, size, size] to "features" and "logits".

    The same network gives the same bytes.

    Raises:
        InputError: onnxruntime is not installed.
        Disagreement: onnxruntime does not answer as the network does; the file is removed.
    """
    onnxruntime = need("onnxruntime", "onnx")
    deployed = Deployed(net)
    with devices.threads(threads), _removed_unless_right(path), _quiet():
        Path(path).write_bytes(_onnx_graph(_trace(deployed, size)))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

        def answer(pixels_BCHW: Tensor) -> list[Tensor]:
            outputs = session.run([*OUTPUTS], {INPUT: pixels_BCHW.numpy()})
            return [torch.from_numpy(output) for output in outputs]

        check_agreement(deployed, answer, size, "ONNX")


def _trace(deployed: Deployed, size: int) -> ExportedProgram:
    """Trace the network for any number of images, without the places of our files."""
    images = torch.zeros(2, 3, size, size)
    program = torch.export.export(deployed, (images,), dynamic_shapes=_SHAPES, strict=False)
    for node in program.graph.nodes:
        node.meta.pop("stack_trace", None)
    return program


def _onnx_graph(program: ExportedProgram) -> bytes:
    exported = torch.onnx.export(
        program,
        (),
        input_names=[INPUT],
        output_names=[*OUTPUTS],
        dynamic_shapes=_SHAPES,  # for the name: "batch"
        dynamo=True,
        verbose=False,
    )
    if exported is None:
        raise TypeError("torch.onnx.export gave no program.")
    graph = exported.model_proto
    # Where each node came from: paths and names of PyTorch's own, of no use to who runs it.
    del graph.metadata_props[:]
    for part in (graph.graph, *graph.graph.node, *graph.graph.input, *graph.graph.output):
        del part.metadata_props[:]
    return graph.SerializeToString(deterministic=True)


@contextmanager
def _removed_unless_right(path: str) -> Generator[None]:
    try:
        yield
    except BaseException:
        Path(path).unlink(missing_ok=True)
        raise


@contextmanager
def _quiet() -> Generator[None]:
    """Keep to themselves what PyTorch's exporters warn each other of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
