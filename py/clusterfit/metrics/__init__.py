"""What scores are measured by, in percent.

A metric is one file here, and one line in METRICS.
"""

from torch import Tensor

from ..labels import as_multiple, is_single
from ..registry import find
from .mean_average_precision import mean_average_precision
from .metric import Metric
from .top1 import top1

__all__ = ["METRICS", "Metric", "baseline"]

METRICS: dict[str, Metric] = {
    "top-1": top1,
    "mAP": mean_average_precision,
}


def baseline(metric: str, train: Tensor, test: Tensor, classes: int) -> float:
    """Measure one answer for all rows: each class scored by its frequency among `train`.

    Of equally frequent classes the one that occurs first there is scored higher. Labels are int64
    N, or uint8 N x C. Returns the metric on the labels `test`.

    Raises:
        InputError: the metric is unknown, or none of such labels.
    """
    positive_NC = as_multiple(train, classes, "measure a constant answer")
    scores_C = positive_NC.double().sum(0)
    if is_single(train):
        first_C = positive_NC.byte().argmax(0)
        scores_C -= first_C / len(train)
    return find(METRICS, "metric", metric)(scores_C.expand(len(test), -1), test)
