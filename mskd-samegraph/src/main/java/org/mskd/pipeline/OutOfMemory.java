package org.mskd.pipeline;

/** Tells which memory ran out, and which element gives more of it. */
final class OutOfMemory {
  private OutOfMemory() {}

  static String problem(OutOfMemoryError error) {
    return (offHeap(error) ? "Off-heap memory" : "Java heap memory")
        + " ran out ("
        + error.getMessage()
        + ").";
  }

  static String remedy(OutOfMemoryError error) {
    return (offHeap(error) ? "Raise <maxOffHeap>" : "Raise <maxHeap>")
        + ", or lower <batchSize>, <sliceSize> or <baseChannels>.";
  }

  /** JavaCPP names its limits, ND4J its buffers; the JVM says "Java heap space" and the like. */
  private static boolean offHeap(OutOfMemoryError error) {
    String message = String.valueOf(error.getMessage());
    return message.contains("physicalBytes")
        || message.contains("maxBytes")
        || message.contains("totalBytes")
        || message.contains("ND4J")
        || message.contains("off-heap")
        || message.contains("malloc")
        || message.contains("Cannot allocate");
  }
}
