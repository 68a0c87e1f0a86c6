package org.mskd.pipeline.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import org.junit.jupiter.api.Test;
import org.mskd.problem.BadInputException;

class FailureTest {
  @Test
  void badInputIsFoundInsideWrappers() {
    Failure failure =
        Failure.of(
            new RuntimeException(new IllegalStateException(new BadInputException("A.", "B."))));
    assertEquals(new Failure(ExitCode.BAD_INPUT, "A.", "B."), failure);
  }

  @Test
  void heapAndTensorsAreDistinguished() {
    Failure heap = Failure.of(new OutOfMemoryError("Java heap space"));
    assertEquals(ExitCode.OUT_OF_MEMORY, heap.exitCode());
    assertTrue(heap.remedy().contains("<maxHeap>"), heap.remedy());
    assertTrue(heap.remedy().contains("<patchSize>"), heap.remedy());
    // JavaCPP's own wording, from Pointer.deallocator.
    Failure tensors =
        Failure.of(
            new RuntimeException(
                new OutOfMemoryError(
                    "Cannot allocate new FloatPointer(9): totalBytes = 8G, physicalBytes = 9G")));
    assertEquals(ExitCode.OUT_OF_MEMORY, tensors.exitCode());
    assertTrue(tensors.remedy().contains("<maxOffHeap>"), tensors.remedy());
  }

  @Test
  void onlyAFullDiskIsReportedAsFull() {
    Failure failure =
        Failure.of(new UncheckedIOException(new IOException("No space left on device")));
    assertEquals(ExitCode.DISK_FULL, failure.exitCode());
    assertTrue(failure.problem().contains("No space left on device"), failure.problem());
    assertTrue(failure.remedy().startsWith("Free space on that disk"), failure.remedy());
    Failure other = Failure.of(new UncheckedIOException(new IOException("Input/output error")));
    assertEquals(ExitCode.BAD_INPUT, other.exitCode());
    assertFalse(other.remedy().contains("Free space"), other.remedy());
  }

  @Test
  void aMissingFileIsReportedAsMissing() {
    Failure failure = Failure.of(new java.nio.file.NoSuchFileException("a/request.json"));
    assertEquals(ExitCode.BAD_INPUT, failure.exitCode());
    assertTrue(failure.problem().contains("NoSuchFileException a/request.json"), failure.problem());
  }

  @Test
  void aNameThatTheLocaleCannotEncodeIsNoCrash() {
    Failure failure =
        Failure.of(
            new RuntimeException(
                new InvalidPathException("ct/M\u00fcller.nii.gz", "unmappable characters")));
    assertEquals(ExitCode.BAD_INPUT, failure.exitCode());
    assertTrue(failure.problem().contains("ct/M\u00fcller.nii.gz"), failure.problem());
    assertTrue(failure.remedy().contains("LC_ALL=C.UTF-8"), failure.remedy());
  }

  @Test
  void anythingElseIsACrash() {
    assertEquals(Failure.CRASH, Failure.of(new IllegalStateException("x")).exitCode());
  }
}
