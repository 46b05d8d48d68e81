"""Feature regression: train a network to have a teacher's features (paper, section 4)."""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.batch import Batch
from ..data.source import Draws
from ..errors import InputError
from ..features import l2_normalise, pool
from ..models.network import Network, choose_layer
from .objective import Frozen, Given, Head, Loss, Objective

LAYER = "res5"


class Regression:
    """The squared distance of the student's features to the teacher's, the mean over the images.

    Features are averages over the pixels of `layer`. The paper says no more than "directly regress
    the features"; the teacher's are normalised as they are before k-means, x / (||x||_2 + 1e-5),
    which makes the loss of an image the k-means objective with a centroid for every image. The
    student's are not, so that its own scale is learnt. Where the two have different sizes, the
    student's first head maps its own to the teacher's; else its heads are left as they are. The
    metric is the mean cosine of the angle between the two.
    """

    metrics: Sequence[str] = ("cosine",)
    own_layers = None

    def __init__(self, teacher: Frozen, *, layer: str = LAYER) -> None:
        """Take the teacher and the layer, which teacher and student both have.

        Raises:
            InputError: the teacher has no such layer.
        """
        self.frozen: Sequence[Frozen] = (teacher,)
        self._teacher = teacher
        self._layer = choose_layer(teacher.network, layer, "regress features")

    def heads(self, net: Network) -> Sequence[Head]:
        """One with the teacher's features, or any where the sizes of the features are the same.

        Raises:
            InputError: the student has no such layer, or its first head reads another one.
        """
        choose_layer(net, self._layer, "regress features")
        wanted = self._wanted_size()
        if net.layer_sizes[self._layer] == wanted:
            return [Head(head.out_features, exact=True) for head in net.all_heads]
        *_, last = net.layer_sizes
        if self._layer != last:
            raise InputError(
                f"Cannot regress features at {self._layer}: it needs {wanted} channels there, as "
                f"the teacher has, found {net.layer_sizes[self._layer]}. Regress those of the last "
                f"layer, {last}, which the head can map, or choose a network of the teacher's size."
            )
        return (Head(wanted, exact=True),)

    def prepare(self, rows: int, device: torch.device) -> None:
        """There is nothing to prepare."""

    def loss(self, net: Network, batch: Batch, draws: Draws) -> Loss:
        """Compare the student's features with the teacher's."""
        features_BD = self._features(net, batch.pixels)
        if features_BD.shape[1] != self._wanted_size():
            features_BD = net.fc(features_BD).float()
        with torch.no_grad():
            pixels_BCHW = batch.pixels_through(self._teacher.view)
            wanted_BD = l2_normalise(self._features(self._teacher.network, pixels_BCHW))
            cosine = F.cosine_similarity(features_BD.detach(), wanted_BD).sum()
        mean = (features_BD - wanted_BD).square().sum(1).mean()
        return Loss(mean, len(features_BD), {"cosine": cosine})

    def _wanted_size(self) -> int:
        return self._teacher.network.layer_sizes[self._layer]

    def _features(self, net: Network, pixels_BCHW: Tensor) -> Tensor:
        """Return float32 B x C: the layer, averaged over its pixels."""
        for name, outputs_BCHW in net.layers(pixels_BCHW):
            if name == self._layer:
                return pool(outputs_BCHW.float(), None)
        raise AssertionError(f"layers() of {type(net).__name__} lacks {self._layer}")


def make_regression(given: Given) -> Objective:
    """Make it of the teacher. Option: layer ("res5").

    Raises:
        InputError: there is something else.
    """
    given.check(labels=0, networks=1, options=["layer"])
    (teacher,) = given.networks
    layer = given.options.get("layer", LAYER)
    if not isinstance(layer, str):
        raise given.wrong("layer", "the name of a layer")
    return Regression(teacher, layer=layer)
