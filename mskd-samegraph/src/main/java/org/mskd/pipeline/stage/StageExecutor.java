package org.mskd.pipeline.stage;

/** Runs stages. A stage is started after the stages that it depends on. */
public interface StageExecutor extends AutoCloseable {
  /** How many stages it can run at the same time. */
  int capacity();

  /** How many stages it is running. */
  int running();

  /**
   * Starts a stage. May return before it is done; {@link #await} returns the stage in both cases.
   *
   * @throws org.mskd.problem.BadInputException if the stage fails
   */
  void start(Stage stage);

  /**
   * Waits until any started stage is done, and returns it.
   *
   * @throws org.mskd.pipeline.event.StageFailed if it fails
   */
  Stage await();

  /** Ends the stages that are running and waits for their end. */
  @Override
  void close();
}
