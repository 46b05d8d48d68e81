"""Lines of plain Python, without this package, that networks are loaded with."""

IMPORT_TORCHVISION = (
    "try:",
    "    import torchvision",
    "except RuntimeError:  # built for another PyTorch: it misses two operators",
    '    for operator in ("torchvision::nms", "torchvision::qnms"):',
    '        torch.library.define(operator, "(Tensor a, Tensor b, float c) -> Tensor")',
    "    import torchvision",
)
"""With `torch`: PyPI's torchvision beside a CPU build of PyTorch, see vision.py."""
