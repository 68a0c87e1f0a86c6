package org.mskd.pipeline.stage;

import java.nio.file.Path;
import java.util.List;
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

  /** The folders that the outputs lie in once the stage is done. */
  List<Path> outputs();

  /**
   * Whether the stage puts its files in place itself, in {@link #outputs} outside the output
   * directory, of which it keeps its own record.
   */
  default boolean installsItself() {
    return false;
  }

  /** The files that a stage has put in place itself. */
  default List<Path> ownFiles() {
    return List.of();
  }

  /**
   * Files that the stage leaves and no result depends on, such as times: not compared, but replaced
   * and removed with the outputs. By name, in any folder.
   */
  default List<String> byProducts() {
    return List.of();
  }

  /** Files about the outputs that are removed when these are replaced, as they no longer hold. */
  default List<Path> invalidated() {
    return List.of();
  }

  /**
   * Whether a finished result that depended on {@code inputs} is kept when another replaces it: it
   * took hours to train.
   */
  default boolean isKept(SortedMap<String, String> inputs) {
    return false;
  }

  /**
   * Whether the last result may be removed before the next one is made, where the disk has no room
   * for both: it is large, and made again in minutes.
   */
  default boolean isBulky() {
    return false;
  }

  /**
   * The share of the next result's bytes that is new, from 0 to 1: the rest are files of the last
   * result that stay as they are.
   */
  default double newShare() {
    return 1;
  }

  /**
   * What else to say where the stage runs again for a reason, such as that training starts at
   * iteration 0; empty for nothing.
   */
  default String startNote() {
    return "";
  }

  /** The result that was made is in place; what was left on the way to it can go. */
  default void installed() {}

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

  /**
   * Does the work.
   *
   * @param work an empty folder for the outputs, laid out as the output directory: what is to be
   *     {@code teachers/liver/model.mskd} there is {@code teachers/liver/model.mskd} here. Nothing
   *     in the output directory itself is touched
   */
  void run(StageProgress progress, Path work);
}
