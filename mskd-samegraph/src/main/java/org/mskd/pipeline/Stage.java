package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * One step of an experiment: what it depends on, what it leaves, and how it is done. A stage whose
 * inputs are those of its last run, and whose outputs are untouched, is not run again.
 */
interface Stage {
  /** As a person reads it, such as {@code teacher liver}. Also names its stamp. */
  String name();

  /** How many steps {@link #run} reports. */
  int steps();

  /**
   * Everything the outputs depend on, as text: parameters, digests of input files and of the stages
   * before. Asked for only once those stages are done.
   */
  SortedMap<String, String> inputs();

  /** Files or folders that the stage leaves; whole once {@link #run} returns. */
  List<Path> outputs();

  /** Does the work. */
  void run(StageProgress progress);
}
