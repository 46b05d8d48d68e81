"""Files that hold many pictures: Arrow files of saved data sets, videos, scikit-learn's digits.

Importing this package imports none of the packages that read them: those of the first two are
extras.
"""

from .arrow import ArrowImages, arrow_images
from .digits import Digits, digits
from .videos import video_durations, video_frame

__all__ = ["ArrowImages", "Digits", "arrow_images", "digits", "video_durations", "video_frame"]
