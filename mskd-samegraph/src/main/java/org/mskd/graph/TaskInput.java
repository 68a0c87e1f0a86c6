package org.mskd.graph;

import java.util.Arrays;
import java.util.Optional;
import org.mskd.architecture.Architecture;
import org.mskd.architecture.ConditionalUNet2d;

/** Checks the tasks that a network is given. */
final class TaskInput {
  private TaskInput() {}

  /**
   * @param tasks their shape, if there are any
   * @throws IllegalArgumentException where they do not fit the architecture
   */
  static void require(Architecture architecture, Optional<long[]> tasks) {
    if (architecture.isTaskSpecific() != tasks.isPresent()) {
      throw new IllegalArgumentException(
          architecture.name() + (tasks.isPresent() ? " takes no tasks" : " needs tasks"));
    }
    tasks.ifPresent(shape -> requireShape(architecture, shape));
  }

  private static void requireShape(Architecture architecture, long[] shape) {
    boolean several = shape.length == 3 && shape[1] > 1;
    if (shape.length != 3
        || shape[2] != architecture.organs()
        || (several && architecture instanceof ConditionalUNet2d)) {
      throw new IllegalArgumentException(
          "tasks %s for %s of %d organs"
              .formatted(Arrays.toString(shape), architecture.name(), architecture.organs()));
    }
  }
}
