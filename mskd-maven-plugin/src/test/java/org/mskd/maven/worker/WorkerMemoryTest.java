package org.mskd.maven.worker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerMemoryTest {
  private static final long GIB = 1L << 30;

  private final Map<String, Object> build = new HashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> sentences = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** One object per module, as class loaders may differ. */
  private WorkerMemory memory() {
    return WorkerMemory.of(build, 8 * GIB);
  }

  /** Takes a share in another thread, and reports when it waits. */
  private Future<WorkerMemory.Share> taking(long bytes, CountDownLatch waits) {
    return threads.submit(
        () ->
            memory()
                .take(
                    bytes,
                    sentence -> {
                      sentences.add(sentence);
                      waits.countDown();
                    }));
  }

  @Test
  void whatFitsRunsSideBySide() throws Exception {
    try (WorkerMemory.Share one = memory().take(4 * GIB, sentences::add);
        WorkerMemory.Share other = memory().take(4 * GIB, sentences::add)) {
      assertEquals(List.of(), sentences);
    }
  }

  @Test
  void oneAloneRunsEvenIfItIsTooLarge() throws Exception {
    try (WorkerMemory.Share one = memory().take(100 * GIB, sentences::add)) {
      assertEquals(List.of(), sentences);
    }
  }

  @Test
  void theSecondWaitsForTheFirstAndTheThirdForItsTurn() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    CountDownLatch third = new CountDownLatch(1);
    WorkerMemory.Share first = memory().take(5 * GIB, sentences::add);
    Future<WorkerMemory.Share> next = taking(4 * GIB, second);
    assertTrue(second.await(30, SECONDS));
    // It would fit beside the first, but not before the second.
    Future<WorkerMemory.Share> last = taking(2 * GIB, third);
    assertTrue(third.await(30, SECONDS));
    assertFalse(next.isDone());
    assertEquals(
        "Waiting: this worker may take 4.0 GiB, others of this build take 5.0 of 8.0 GiB.",
        sentences.get(0));
    first.close();
    next.get(30, SECONDS).close();
    last.get(30, SECONDS).close();
    assertEquals(2, sentences.size(), sentences.toString());
  }

  @Test
  void anEndedBuildWaitsNoLongerAndLeavesNothing() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    WorkerMemory.Share first = memory().take(8 * GIB, sentences::add);
    Future<WorkerMemory.Share> next = taking(8 * GIB, waits);
    assertTrue(waits.await(30, SECONDS));
    threads.shutdownNow();
    assertTrue(
        assertThrows(ExecutionException.class, () -> next.get(30, SECONDS)).getCause()
            instanceof InterruptedException);
    first.close();
    memory().take(8 * GIB, sentences::add).close();
    assertEquals(1, sentences.size());
  }
}
