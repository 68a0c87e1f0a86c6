package org.mskd.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where in one stretch of memory arrays lie whose lives are known: two that live at once never
 * overlap. The largest is placed first, each into the smallest gap that holds it between those
 * already placed that live while it does (Pisarchyk and Lee, Efficient Memory Management for Deep
 * Neural Net Inference, 2020, "greedy by size"). A U-Net's step comes out at the sum of what lives
 * at its fullest moment, than which nothing can be less.
 *
 * @param offsets of each array, in bytes
 * @param bytes of the stretch
 */
record ArenaLayout(List<Long> offsets, long bytes) {
  /** A cache line, and the widest vector. */
  static final long ALIGNMENT = 64;

  /**
   * An array's size and life.
   *
   * @param born the moment it is asked for
   * @param died the first moment it is not needed
   */
  record Life(long bytes, int born, int died) {
    boolean meets(Life other) {
      return born < other.died && other.born < died;
    }
  }

  /** An array that has its place. */
  private record Placed(Life life, long begin, long end) {}

  static ArenaLayout of(List<Life> lives) {
    Long[] offsets = new Long[lives.size()];
    // Sorted by where they begin.
    List<Placed> placed = new ArrayList<>();
    long bytes = 0;
    Comparator<Integer> size = Comparator.comparing(i -> -lives.get(i).bytes());
    for (int i : IntStream.range(0, offsets.length).boxed().sorted(size).toList()) {
      Life life = lives.get(i);
      long length = aligned(life.bytes());
      long begin = place(life, length, placed);
      Placed here = new Placed(life, begin, begin + length);
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

  private static long place(Life life, long length, List<Placed> placed) {
    long best = -1;
    long narrowest = Long.MAX_VALUE;
    long free = 0;
    for (Placed other : placed) {
      if (!other.life().meets(life)) {
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
