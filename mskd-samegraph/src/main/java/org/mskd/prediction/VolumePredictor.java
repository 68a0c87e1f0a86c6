package org.mskd.prediction;

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
    Grid grid = Orientation.canonical(scan);
    SliceGeometry geometry = slices.geometry();
    if (grid.nx() != geometry.nx() || grid.ny() != geometry.ny() || grid.nz() != geometry.nz()) {
      throw new IllegalArgumentException(geometry + " is not of " + grid);
    }
    byte[] classes = new byte[grid.size()];
    ScoreWindow window = new ScoreWindow(scorer, slices);
    PlaneVote[] votes =
        Stream.generate(() -> new PlaneVote(geometry, scorer.classes(), listener))
            .limit(Kernels.threads())
            .toArray(PlaneVote[]::new);
    int done = 0;
    while (done < grid.nz()) {
      window.advance();
      int ready = done;
      while (ready < grid.nz() && votes[0].endSlice(ready) <= window.end()) {
        ready++;
      }
      vote(votes, window, done, ready, classes);
      done = ready;
      listener.planesDone(done);
    }
    return new ClassMap(grid, classes);
  }

  private static void vote(
      PlaneVote[] votes, ScoreWindow window, int from, int to, byte[] classes) {
    int planes = to - from;
    Kernels.parallel(
        votes.length,
        part ->
            votes[part].planes(
                window,
                from + planes * part / votes.length,
                from + planes * (part + 1) / votes.length,
                classes));
  }
}
