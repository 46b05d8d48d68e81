/** Whole videos: which frames a clip has, where decoding begins, what is bad. */
import type { Listed } from "../mutant.ts";

export const videos: readonly Listed[] = [
  {
    id: "videos-landed",
    file: "py/clusterfit/containers/numbered.py",
    find: "self._numbers[found.pts] <= start",
    replace: "True",
    breaks: "where seeking lands one key frame too far, other frames are read",
    tests: ["test/py/test_numbered.py"],
  },
  {
    id: "videos-upright",
    file: "py/clusterfit/containers/numbered.py",
    find: "self._shape[::-1] if turns % 2 else self._shape",
    replace: "self._shape",
    breaks: "frames that are turned have another shape",
    tests: ["test/py/test_numbered.py"],
  },
  {
    id: "videos-cut-off",
    file: "py/clusterfit/containers/survey.py",
    find: "if tally.packets < stream.frames:",
    replace: "if tally.packets < 0:",
    breaks: "videos that are cut off are taken for shorter ones",
    tests: ["test/py/test_survey.py"],
  },
  {
    id: "videos-unindexed",
    file: "py/clusterfit/containers/survey.py",
    find: "if not indexed or min(",
    replace: "if min(",
    breaks: "files without an index are sought in",
    tests: ["test/py/test_survey.py"],
  },
  {
    id: "videos-loop",
    file: "py/clusterfit/data/videos.py",
    find: "numbers_VF % int(self._frames_N[row])",
    replace: "np.minimum(numbers_VF, int(self._frames_N[row]) - 1)",
    breaks: "videos shorter than a clip stand still at their end",
    tests: ["test/py/test_video_source.py"],
  },
  {
    id: "videos-last-place",
    file: "py/clusterfit/data/videos.py",
    find: "(self._frames_N[rows] - frames + 1)",
    replace: "(self._frames_N[rows] - frames)",
    breaks: "no clip ends with the last frame",
    tests: ["test/py/test_video_source.py"],
  },
  {
    id: "videos-square",
    file: "py/clusterfit/data/squares.py",
    find: "int(corner[0] * (down + 1)), int(corner[1] * (across + 1))",
    replace: "int(corner[0] * down), int(corner[1] * across)",
    breaks: "the last row and column of places are never drawn",
    tests: ["test/py/test_video_source.py"],
  },
  {
    id: "videos-key-file",
    file: "src/data/pictures/index_stage.ts",
    find: "config: { ...common, files: hashOfFiles() }",
    replace: 'config: { ...common, files: "" }',
    breaks: "videos that lie elsewhere now are looked for where they were",
    tests: ["test/data/pictures/videos_stage.test.ts"],
  },
];
