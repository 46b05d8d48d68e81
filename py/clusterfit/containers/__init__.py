"""Files that hold many pictures: Arrow files of saved data sets, and videos.

Their packages are extras: importing this package imports none of them.
"""

from .arrow import ArrowImages, arrow_images
from .videos import video_durations, video_frame

__all__ = ["ArrowImages", "arrow_images", "video_durations", "video_frame"]
