package org.mskd.prediction;

import java.util.List;
import java.util.stream.Stream;
import org.mskd.dataset.SliceGeometry;
import org.mskd.dataset.SliceSource;
import org.mskd.graph.kernel.Kernels;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Grid;
import org.mskd.volume.Orientation;

/**
 * Predicts one subject: scores its slices, interpolates each class's scores linearly on the scan's
 * canonical grid, and takes the class with the highest score there. Interpolating scores, not
 * classes, keeps boundaries smooth where the grid is finer than the slices. Works plane by plane,
 * so that memory holds the scores of a batch, not of a scan. Planes are computed in parallel and
 * independently, so the result does not depend on the number of threads.
 */
public final class VolumePredictor {
  private final SliceScorer scorer;

  public VolumePredictor(SliceScorer scorer) {
    this.scorer = scorer;
  }

  /**
   * @param slices the subject's prepared slices
   * @param scan the scan's grid, in its file's order
   * @return classes 0..K on the scan's canonical grid
   * @throws org.mskd.problem.BadInputException if a score is NaN or infinite
   * @throws IllegalArgumentException if the slices are of another grid
   */
  public ClassMap predict(SliceSource slices, Grid scan) {
    return predict(slices, scan, PlaneListener.NONE);
  }

  /**
   * As {@link #predict(SliceSource, Grid)}.
   *
   * @param listener receives progress and, if it wants them, scores
   */
  public ClassMap predict(SliceSource slices, Grid scan, PlaneListener listener) {
    return predict(List.of(ScoredSlices.of(scorer, slices)), scan, listener);
  }

  /**
   * Predicts with several scorers, as {@link #predict(SliceSource, Grid)}: each class's scores are
   * brought from its scorer's slices to the scan's grid and compared there. The background's are
   * those of the first scorer.
   *
   * @param parts of all classes 1..K
   */
  public static ClassMap predict(List<ScoredSlices> parts, Grid scan, PlaneListener listener) {
    Grid grid = Orientation.canonical(scan);
    List<SliceGeometry> geometries = parts.stream().map(part -> part.slices().geometry()).toList();
    geometries.forEach(geometry -> requireOf(grid, geometry));
    ClassOrder order = new ClassOrder(parts);
    byte[] classes = new byte[grid.size()];
    List<ScoreWindow> windows =
        parts.stream().map(part -> new ScoreWindow(part.scorer(), part.slices())).toList();
    PlaneVote[] votes =
        Stream.generate(() -> new PlaneVote(geometries, order, listener))
            .limit(Kernels.threads())
            .toArray(PlaneVote[]::new);
    int done = 0;
    while (done < grid.nz()) {
      int ready = ready(votes[0], windows, done, grid.nz());
      vote(votes, windows, done, ready, classes);
      done = ready;
      listener.planesDone(done);
    }
    return new ClassMap(grid, classes);
  }

  private static void requireOf(Grid grid, SliceGeometry geometry) {
    if (grid.nx() != geometry.nx() || grid.ny() != geometry.ny() || grid.nz() != geometry.nz()) {
      throw new IllegalArgumentException(geometry + " is not of " + grid);
    }
  }

  /**
   * Advances the windows that do not reach the next plane, and returns past the last plane that all
   * of them reach.
   */
  private static int ready(PlaneVote vote, List<ScoreWindow> windows, int done, int planes) {
    int all = planes;
    for (int part = 0; part < windows.size(); part++) {
      ScoreWindow window = windows.get(part);
      while (vote.endSlice(part, done) > window.end()) {
        window.advance();
      }
      int ready = done;
      while (ready < all && vote.endSlice(part, ready) <= window.end()) {
        ready++;
      }
      all = ready;
    }
    return all;
  }

  private static void vote(
      PlaneVote[] votes, List<ScoreWindow> windows, int from, int to, byte[] classes) {
    int planes = to - from;
    Kernels.parallel(
        votes.length,
        part ->
            votes[part].planes(
                windows,
                from + planes * part / votes.length,
                from + planes * (part + 1) / votes.length,
                classes));
  }
}
