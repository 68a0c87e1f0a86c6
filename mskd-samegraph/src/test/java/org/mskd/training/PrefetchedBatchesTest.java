package org.mskd.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.mskd.problem.BadInputException;

/** What goes wrong in the prefetching thread reaches the step, which else would wait for ever. */
class PrefetchedBatchesTest {
  private static final int ITERATIONS = 6;
  private static final int FAILING = 3;
  private static final Duration SOON = Duration.ofSeconds(30);

  private static Batch batch(int iteration) {
    return new Batch(
        2, new float[] {iteration, 0, 0, 0}, Optional.empty(), List.of("a"), Optional.empty());
  }

  private static IntFunction<Batch> failing(Throwable failure) {
    return iteration -> {
      if (iteration == FAILING) {
        throw PrefetchedBatchesTest.<RuntimeException>unchecked(failure);
      }
      return batch(iteration);
    };
  }

  private static PrefetchedBatches prefetched(IntFunction<Batch> source) {
    return new PrefetchedBatches(source, 0, ITERATIONS, System::nanoTime);
  }

  /** Throws it as it is, checked or not, as bytecode may. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T unchecked(Throwable failure) throws T {
    throw (T) failure;
  }

  private static void surfacesAfterTheBatchesBefore(Throwable failure) {
    assertTimeoutPreemptively(
        SOON,
        () -> {
          try (PrefetchedBatches batches = prefetched(failing(failure))) {
            for (int iteration = 0; iteration < FAILING; iteration++) {
              assertEquals(iteration, batches.next().get(TensorBatch.IMAGE).getFloat(0));
            }
            assertSame(failure, assertThrows(Throwable.class, batches::next));
            assertSame(failure, assertThrows(Throwable.class, batches::next), "called again");
          }
        });
  }

  /** Requested at 7, 20, 40; ready at (8), 25, 70: the first cannot be prepared ahead. */
  @Test
  void theTimeWaitedIsThatOfAllBatchesButTheFirst() {
    Iterator<Long> times = List.of(7L, 20L, 25L, 40L, 70L).iterator();
    try (PrefetchedBatches batches =
        new PrefetchedBatches(PrefetchedBatchesTest::batch, 0, ITERATIONS, times::next)) {
      batches.next();
      assertEquals(0, batches.secondsWaited());
      batches.next();
      assertEquals(5e-9, batches.secondsWaited(), 1e-15);
      batches.next();
      assertEquals(35e-9, batches.secondsWaited(), 1e-15);
    }
  }

  @Test
  void anExceptionIsThrownAsItIs() {
    surfacesAfterTheBatchesBefore(new BadInputException("The store is damaged.", "Prepare again."));
  }

  @Test
  void anythingElseIsThrownAsACause() {
    IOException failure = new IOException("undeclared");
    assertTimeoutPreemptively(
        SOON,
        () -> {
          try (PrefetchedBatches batches = prefetched(failing(failure))) {
            for (int iteration = 0; iteration < FAILING; iteration++) {
              batches.next();
            }
            assertSame(
                failure, assertThrows(IllegalStateException.class, batches::next).getCause());
          }
        });
  }

  @Test
  void anErrorIsThrownAsItIs() {
    surfacesAfterTheBatchesBefore(new OutOfMemoryError("a test"));
    surfacesAfterTheBatchesBefore(new InternalError("a mapped file became shorter, in a test"));
  }

  @Test
  void aFailureReachesAStepThatAlreadyWaits() {
    RuntimeException failure = new IllegalStateException("late");
    CountDownLatch requested = new CountDownLatch(1);
    IntFunction<Batch> slow =
        iteration -> {
          try {
            requested.await();
            Thread.sleep(200); // long enough for the step to wait; shorter only tests less
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          throw failure;
        };
    assertTimeoutPreemptively(
        SOON,
        () -> {
          try (PrefetchedBatches batches = prefetched(slow)) {
            requested.countDown();
            assertSame(failure, assertThrows(IllegalStateException.class, batches::next));
          }
        });
  }
}
