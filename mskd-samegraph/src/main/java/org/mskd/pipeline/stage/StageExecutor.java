package org.mskd.pipeline.stage;

/** Where stages are run. A stage is started once the stages that it depends on are done. */
public interface StageExecutor extends AutoCloseable {
  /** How many stages it can run at the same time. */
  int capacity();

  /** How many stages it is running. */
  int running();

  /**
   * Starts a stage. Returns when it is done, or before; {@link #await} returns it in both cases.
   *
   * @throws org.mskd.problem.BadInputException if the stage cannot be done
   */
  void start(Stage stage);

  /**
   * Waits until any stage that was started is done, and returns it.
   *
   * @throws org.mskd.pipeline.event.StageFailed if it cannot be done
   */
  Stage await();

  /** Ends the stages that are running and waits for their end. */
  @Override
  void close();
}
