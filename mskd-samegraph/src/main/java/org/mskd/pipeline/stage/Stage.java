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

  /** Everything that the outputs depend on. Needs no other stage to have run. */
  StageSpec spec();

  /**
   * How many steps {@link #run} reports, such as iterations; 0 where it is known only then. Asked
   * for once the stages that this one depends on are done.
   */
  int steps();

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
   *
   * @param inputs of the run
   */
  default double newShare(SortedMap<String, String> inputs) {
    return 1;
  }

  /**
   * What to add to the reason why the stage runs again, such as that training starts at iteration
   * 0; empty for nothing.
   *
   * @param inputs of the run
   */
  default String startNote(SortedMap<String, String> inputs) {
    return "";
  }

  /**
   * Called when the result that was made is in place: checkpoints can be removed.
   *
   * @param inputs of the run
   */
  default void installed(SortedMap<String, String> inputs) {}

  /**
   * Whether the outputs may be deleted as long as no stage that reads them has to run: they are
   * large, and made again in minutes.
   */
  default boolean isMadeOnDemand() {
    return false;
  }

  /**
   * Whether the stage trains a network, so that it may run in a process of its own, beside other
   * trainings.
   */
  default boolean isTraining() {
    return false;
  }

  /** Does the work. Nothing in the output directory itself is touched. */
  void run(StageWork work);
}
