package org.mskd.evaluation;

/**
 * Exact distances to the nearest of a set of points in space, by a balanced k-d tree (Bentley,
 * Communications of the ACM 18(9), 1975) whose subtrees are left out by their distance along all
 * axes (Arya and Mount, Algorithms for fast vector quantization, 1993). Not thread-safe.
 */
final class NearestPoint {
  /** Subtrees of at most this many points are searched one by one. */
  private static final int LEAF = 8;

  /** x, y, z of each point; the root of the subtree of points from..to-1 is the middle one. */
  private final double[] points;

  /** The axis that a root splits its subtree along. */
  private final byte[] axes;

  private final double[] query = new double[3];
  private int nearest;
  private double best;

  /**
   * Builds the tree.
   *
   * @param places x, y, z of each point, mm; at least one
   */
  NearestPoint(double[] places) {
    this.points = places.clone();
    this.axes = new byte[places.length / 3];
    build(0, axes.length);
  }

  /**
   * Distance from each of some places to its nearest point.
   *
   * @param places x, y, z of each; neighbours should follow each other, since the point that is
   *     nearest to one bounds the search for the next
   * @return mm, in the order of the places
   */
  double[] distances(double[] places) {
    double[] distances = new double[places.length / 3];
    for (int i = 0; i < distances.length; i++) {
      System.arraycopy(places, 3 * i, query, 0, 3);
      best = Double.POSITIVE_INFINITY;
      visit(nearest);
      search(0, axes.length, 0, 0, 0);
      distances[i] = Math.sqrt(best);
    }
    return distances;
  }

  private void visit(int point) {
    double x = points[3 * point] - query[0];
    double y = points[3 * point + 1] - query[1];
    double z = points[3 * point + 2] - query[2];
    double squared = x * x + y * y + z * z;
    if (squared < best) {
      best = squared;
      nearest = point;
    }
  }

  /**
   * Searches a subtree.
   *
   * @param dx distance along x between the query and the region of the subtree; {@code dy}, {@code
   *     dz} likewise
   */
  private void search(int from, int to, double dx, double dy, double dz) {
    if (to - from <= LEAF) {
      for (int point = from; point < to; point++) {
        visit(point);
      }
      return;
    }
    int middle = (from + to) >>> 1;
    visit(middle);
    int axis = axes[middle];
    double beyond = query[axis] - points[3 * middle + axis];
    if (beyond < 0) {
      search(from, middle, dx, dy, dz);
    } else {
      search(middle + 1, to, dx, dy, dz);
    }
    double x = axis == 0 ? beyond : dx;
    double y = axis == 1 ? beyond : dy;
    double z = axis == 2 ? beyond : dz;
    if (x * x + y * y + z * z < best) {
      if (beyond < 0) {
        search(middle + 1, to, x, y, z);
      } else {
        search(from, middle, x, y, z);
      }
    }
  }

  private void build(int from, int to) {
    if (to - from <= LEAF) {
      return;
    }
    int middle = (from + to) >>> 1;
    int axis = widestAxis(from, to);
    axes[middle] = (byte) axis;
    select(from, to - 1, middle, axis);
    build(from, middle);
    build(middle + 1, to);
  }

  private int widestAxis(int from, int to) {
    int widest = 0;
    double width = -1;
    for (int axis = 0; axis < 3; axis++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int point = from; point < to; point++) {
        low = Math.min(low, points[3 * point + axis]);
        high = Math.max(high, points[3 * point + axis]);
      }
      if (high - low > width) {
        width = high - low;
        widest = axis;
      }
    }
    return widest;
  }

  /** Hoare's selection: puts the point of rank {@code middle} along an axis in its place. */
  private void select(int first, int last, int middle, int axis) {
    int low = first;
    int high = last;
    while (low < high) {
      double pivot = points[3 * ((low + high) >>> 1) + axis];
      int i = low;
      int j = high;
      while (i <= j) {
        while (points[3 * i + axis] < pivot) {
          i++;
        }
        while (points[3 * j + axis] > pivot) {
          j--;
        }
        if (i <= j) {
          swap(i++, j--);
        }
      }
      if (middle <= j) {
        high = j;
      } else if (middle >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  private void swap(int one, int other) {
    for (int axis = 0; axis < 3; axis++) {
      double kept = points[3 * one + axis];
      points[3 * one + axis] = points[3 * other + axis];
      points[3 * other + axis] = kept;
    }
  }
}
