package org.mskd.pipeline.stage;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One step of an experiment: what it depends on, what it leaves, and how it is done. A stage whose
 * inputs are those of its last run, and whose outputs are untouched, is not run again.
 */
public interface Stage {
  /** As a person reads it, such as {@code teacher liver}. */
  String name();

  /**
   * Names its stamp, {@code stages/ID.json}. No two stages of an experiment share one, whatever its
   * organs are called: a stage there are several of has a folder, such as {@code teacher/liver}.
   */
  String id();

  /** How many steps {@link #run} reports. */
  int steps();

  /**
   * Everything the outputs depend on, as text: parameters, digests of input files and of the stages
   * before. Asked for only once those stages are done, and before {@link #run}.
   */
  SortedMap<String, String> inputs();

  /** Files or folders that the stage leaves; whole once {@link #run} returns. */
  List<Path> outputs();

  /**
   * Whether the files an earlier run left in {@link #outputs} are removed before {@link #run}; if
   * not, the stage itself sees to it that none is taken for its own.
   */
  boolean startsEmpty();

  /**
   * A folder below {@link #outputs} that is no output: what {@link #run} leaves there if it is
   * ended early, to go on from the next time. Empty for a stage that always begins anew.
   */
  default Optional<Path> checkpoint() {
    return Optional.empty();
  }

  /**
   * Whether anybody looks at the outputs. Where nobody does, they may be gone: the stage is not run
   * again for them alone.
   */
  default boolean isWanted() {
    return true;
  }

  /**
   * Whether the stage needs nothing of those stages beside it in the plan that say the same: they
   * may run side by side, each in a worker of its own.
   */
  default boolean isIndependent() {
    return false;
  }

  /** Does the work. */
  void run(StageProgress progress);
}
