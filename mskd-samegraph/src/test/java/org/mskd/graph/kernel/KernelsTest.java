package org.mskd.graph.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 1000})
  void everyTaskIsDoneOnce(int tasks) {
    AtomicIntegerArray done = new AtomicIntegerArray(tasks);
    Kernels.parallel(tasks, done::incrementAndGet);
    for (int i = 0; i < tasks; i++) {
      assertEquals(1, done.get(i), "task " + i);
    }
  }

  @Test
  void oneTaskRunsOnTheCaller() {
    Thread[] ran = new Thread[1];
    Kernels.parallel(1, task -> ran[task] = Thread.currentThread());
    assertSame(Thread.currentThread(), ran[0]);
  }

  @Test
  void tasksMayHaveTasks() {
    AtomicIntegerArray done = new AtomicIntegerArray(64);
    Kernels.parallel(8, i -> Kernels.parallel(8, j -> done.incrementAndGet(8 * i + j)));
    for (int i = 0; i < 64; i++) {
      assertEquals(1, done.get(i), "task " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50})
  void failureArrivesAsItIs(int tasks) {
    RuntimeException failure = new IllegalStateException("kernel");
    Error error = new StackOverflowError("kernel");
    assertSame(
        failure,
        assertThrows(
            RuntimeException.class,
            () ->
                Kernels.parallel(
                    tasks,
                    task -> {
                      throw failure;
                    })));
    assertSame(
        error,
        assertThrows(
            StackOverflowError.class,
            () ->
                Kernels.parallel(
                    tasks,
                    task -> {
                      throw error;
                    })));
    everyTaskIsDoneOnce(10);
  }

  @Test
  void threadsFollowOpenMp() {
    int processors = Runtime.getRuntime().availableProcessors();
    assertEquals(3, Kernels.threads("3"));
    assertEquals(4, Kernels.threads(" 4,2"));
    for (String unusable : new String[] {null, "", "many", "0", "-2"}) {
      assertEquals(processors, Kernels.threads(unusable), "setting " + unusable);
    }
  }
}
