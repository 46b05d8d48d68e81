"""What networks are trained for.

An objective is one file here, and one line in OBJECTIVES.
"""

from collections.abc import Callable, Mapping, Sequence

from torch import Tensor

from ..registry import find
from .distillation import make_distillation
from .jigsaw import make_jigsaw
from .labels import make_labels
from .objective import Frozen, Given, Head, Loss, Objective, Option
from .regression import make_regression
from .rotation import make_rotation

__all__ = ["OBJECTIVES", "Frozen", "Given", "Head", "Loss", "Objective", "make"]

OBJECTIVES: dict[str, Callable[[Given], Objective]] = {
    "rotation": make_rotation,
    "jigsaw": make_jigsaw,
    "labels": make_labels,
    "distillation": make_distillation,
    "regression": make_regression,
}


def make(
    name: str, labels: Sequence[Tensor], networks: Sequence[Frozen], options: Mapping[str, Option]
) -> Objective:
    """Make the objective of that name.

    Args:
        name: a key of OBJECTIVES.
        labels: int64 N each, over the rows of the source; for which heads, the objective says.
        networks: frozen networks, for what the objective says.
        options: of that objective.

    Raises:
        InputError: there is no such objective, or it needs something else.
    """
    return find(OBJECTIVES, "objective", name)(Given(name, labels, networks, options))
