package org.mskd.pipeline.stage;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * One step of an experiment: its inputs, its outputs and its work. A stage whose inputs equal those
 * of its last run, and whose outputs are unchanged, is not run again.
 */
public interface Stage {
  /** The display name, such as {@code teacher liver}. */
  String name();

  /**
   * Names its stamp, {@code stages/ID.json}. Unique within an experiment, whatever the names of its
   * organs are: a kind with several stages has a folder, such as {@code teacher/liver}.
   */
  String id();

  /** Everything that the outputs depend on. May be called before any stage has run. */
  StageSpec spec();

  /**
   * How many steps {@link #run} reports, such as iterations; 0 if the number is known only during
   * the run. Called after the stages that this one depends on.
   */
  int steps();

  /** The folders of the outputs. */
  List<Path> outputs();

  /**
   * Whether the stage installs its files itself, in {@link #outputs} outside the output directory,
   * and keeps a record of its own there.
   */
  default boolean installsItself() {
    return false;
  }

  /** The files that the stage has installed itself. */
  default List<Path> ownFiles() {
    return List.of();
  }

  /**
   * Names of output files that no result depends on, such as times, in any folder: not compared,
   * but replaced and removed with the outputs.
   */
  default List<String> byProducts() {
    return List.of();
  }

  /** Files derived from the outputs, which are removed when the outputs are replaced. */
  default List<Path> invalidated() {
    return List.of();
  }

  /**
   * Whether a finished result with these inputs is kept when another one replaces it, since it took
   * hours to train.
   */
  default boolean isKept(SortedMap<String, String> inputs) {
    return false;
  }

  /**
   * Whether the last result may be removed before the next one is made if the disk has no space for
   * both: it is large, and takes minutes to make again.
   */
  default boolean isBulky() {
    return false;
  }

  /**
   * The fraction of the next result's bytes that is new, from 0 to 1. The rest are files of the
   * last result that do not change.
   *
   * @param inputs of the run
   */
  default double newShare(SortedMap<String, String> inputs) {
    return 1;
  }

  /**
   * Text appended to the reason why the stage runs again, such as that training starts at iteration
   * 0; may be empty.
   *
   * @param inputs of the run
   */
  default String startNote(SortedMap<String, String> inputs) {
    return "";
  }

  /**
   * The step that a run without a checkpoint begins at since the last result is the first part of
   * the next one; empty for the first step.
   *
   * @param inputs of the run
   */
  default OptionalInt continuesAt(SortedMap<String, String> inputs) {
    return OptionalInt.empty();
  }

  /**
   * Called when the new result is installed, its checkpoints and finished parts removed. Not called
   * if the run is killed before and the next one completes the installation.
   *
   * @param inputs of the run
   */
  default void installed(SortedMap<String, String> inputs) {}

  /**
   * Whether the user may delete the outputs as long as no stage that reads them has to run: they
   * are large, and take minutes to make again.
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

  /**
   * Whether other stages still run if this one fails because its input cannot be used; the run
   * fails at its end.
   */
  default boolean othersContinue() {
    return false;
  }

  /** Called when the stage failed and others continue. */
  default void leftOut() {}

  /** Does the work. It changes nothing in the output directory outside the work folder. */
  void run(StageWork work);
}
