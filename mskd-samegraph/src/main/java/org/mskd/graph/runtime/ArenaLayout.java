package org.mskd.graph.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The offsets of arrays with known lifetimes in one block of memory: arrays whose lifetimes overlap
 * never share bytes. Arrays are placed by size, the largest first, each into the smallest gap
 * between the placed arrays whose lifetimes overlap with it (Pisarchyk and Lee, Efficient Memory
 * Management for Deep Neural Net Inference, 2020, "greedy by size"). For a U-Net's training step
 * the block has the peak size of the live arrays, which is the lower bound.
 *
 * @param offsets of each array, in bytes
 * @param bytes of the block
 */
record ArenaLayout(List<Long> offsets, long bytes) {
  /** A cache line, and the widest vector. */
  static final long ALIGNMENT = 64;

  /**
   * An array's size and lifetime. Allocations and releases are numbered in one sequence.
   *
   * @param bytes its size
   * @param allocated the number of its allocation
   * @param released the number of its release
   */
  record Lifetime(long bytes, int allocated, int released) {
    boolean overlaps(Lifetime other) {
      return allocated < other.released && other.allocated < released;
    }
  }

  /** An array with its offset. */
  private record Placed(Lifetime lifetime, long begin, long end) {}

  static ArenaLayout of(List<Lifetime> lifetimes) {
    Long[] offsets = new Long[lifetimes.size()];
    // Sorted by offset.
    List<Placed> placed = new ArrayList<>();
    long bytes = 0;
    Comparator<Integer> size = Comparator.comparing(i -> -lifetimes.get(i).bytes());
    for (int i : IntStream.range(0, offsets.length).boxed().sorted(size).toList()) {
      Lifetime lifetime = lifetimes.get(i);
      long length = aligned(lifetime.bytes());
      long begin = place(lifetime, length, placed);
      Placed here = new Placed(lifetime, begin, begin + length);
      int at = 0;
      while (at < placed.size() && placed.get(at).begin() <= begin) {
        at++;
      }
      placed.add(at, here);
      offsets[i] = begin;
      bytes = Math.max(bytes, here.end());
    }
    return new ArenaLayout(List.of(offsets), bytes);
  }

  /** Up to the next multiple of {@link #ALIGNMENT}. */
  static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private static long place(Lifetime lifetime, long length, List<Placed> placed) {
    long best = -1;
    long narrowest = Long.MAX_VALUE;
    long free = 0;
    for (Placed other : placed) {
      if (!other.lifetime().overlaps(lifetime)) {
        continue;
      }
      long gap = other.begin() - free;
      if (gap >= length && gap < narrowest) {
        best = free;
        narrowest = gap;
      }
      free = Math.max(free, other.end());
    }
    return best >= 0 ? best : free;
  }
}
