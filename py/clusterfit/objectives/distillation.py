"""Knowledge distillation (Hinton et al., 2015; paper, section 4 and supplement A)."""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.batch import Batch
from ..data.source import Draws
from ..models.network import Network
from .cross_entropy import RowLabels, count_correct, cross_entropy
from .objective import Frozen, Given, Head, Loss, Objective

TEMPERATURE = 20.0
ALPHA = 0.75


class Distillation:
    """alpha * T^2 * KL(teacher_T || student_T) + (1 - alpha) * cross-entropy with hard labels.

    The subscript T stands for the softmax of logits / T. The paper calls the first term
    cross-entropy with the teacher's soft targets, as Hinton does: that is this divergence and the
    teacher's entropy, which has no gradient; the divergence the other way round would be another
    loss. The factor T^2 keeps the size of its gradient as T grows (Hinton, section 2). The teacher
    is asked in evaluation mode, without a gradient, at the precision of the training. What is
    smoothed is the hard labels only. The accuracy is that of the student on the hard labels.
    """

    metrics: Sequence[str] = ("accuracy",)
    own_layers = None

    def __init__(
        self,
        labels_N: Tensor,
        teacher: Frozen,
        *,
        temperature: float = TEMPERATURE,
        alpha: float = ALPHA,
    ) -> None:
        """Take int64 N labels in the classes of the teacher's first head.

        Raises:
            InputError: the labels are something else.
        """
        self.frozen: Sequence[Frozen] = (teacher,)
        self._labels = RowLabels(labels_N, "distillation")
        self._teacher = teacher
        self._temperature = temperature
        self._alpha = alpha

    def heads(self, net: Network) -> Sequence[Head]:
        """One with the classes of the teacher."""
        return (Head(self._teacher.network.fc.out_features, exact=True),)

    def prepare(self, rows: int, device: torch.device) -> None:
        """Move the labels to `device`.

        Raises:
            InputError: there are not so many labels as rows, or more classes than the teacher has.
        """
        self._labels.prepare(rows, device)

    def loss(self, net: Network, batch: Batch, draws: Draws) -> Loss:
        """Compare the student with the teacher and with the hard labels."""
        (logits_BC,) = net(batch.pixels)
        logits_BC = logits_BC.float()
        with torch.no_grad():
            pixels_BCHW = batch.pixels_through(self._teacher.view)
            teacher_BC, *_ = self._teacher.network(pixels_BCHW)
        labels_B = self._labels.of(batch)
        hard = cross_entropy(logits_BC, labels_B, batch)
        soft = self.divergence(logits_BC, teacher_BC.float())
        mean = self._alpha * soft + (1 - self._alpha) * hard
        return Loss(mean, len(labels_B), {"accuracy": count_correct(logits_BC, labels_B)})

    def divergence(self, student_BC: Tensor, teacher_BC: Tensor) -> Tensor:
        """Return T^2 * KL(teacher_T || student_T), the mean over the images."""
        temperature = self._temperature
        divergence = F.kl_div(
            (student_BC / temperature).log_softmax(1),
            (teacher_BC / temperature).log_softmax(1),
            log_target=True,
            reduction="batchmean",
        )
        return temperature**2 * divergence


def make_distillation(given: Given) -> Objective:
    """Make it of the hard labels and the teacher. Options: temperature (20), alpha (0.75).

    Raises:
        InputError: there is something else.
    """
    given.check(labels=1, networks=1, options=["temperature", "alpha"])
    temperature = given.number("temperature", TEMPERATURE)
    alpha = given.number("alpha", ALPHA)
    if not 0 < temperature < float("inf"):
        raise given.wrong("temperature", "a finite number above 0")
    if not 0 <= alpha <= 1:
        raise given.wrong("alpha", "a number from 0 to 1")
    (labels_N,), (teacher,) = given.labels, given.networks
    return Distillation(labels_N, teacher, temperature=temperature, alpha=alpha)
