package org.mskd.graph;

/**
 * Rows of a batch of maps cut into tasks of about equal size.
 *
 * @param rows their number, over the batch
 * @param length floats per row
 * @param perTask rows per task
 */
record RowTasks(int rows, int length, int perTask) {
  /** The smallest number of floats per task that outweighs the cost of a task. */
  private static final int WORTHWHILE = 1 << 14;

  static RowTasks of(long rows, long length) {
    return new RowTasks(
        Math.toIntExact(rows), Math.toIntExact(length), (int) Math.max(1, WORTHWHILE / length));
  }

  int tasks() {
    return (rows + perTask - 1) / perTask;
  }

  int first(int task) {
    return task * perTask;
  }

  int end(int task) {
    return Math.min(rows, first(task) + perTask);
  }
}
