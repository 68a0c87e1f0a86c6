package org.mskd.report.picture;

import java.nio.file.Path;
import java.util.List;
import org.mskd.experiment.ReportImages;
import org.mskd.volume.CanonicalPlanes;
import org.mskd.volume.ClassMap;

/**
 * Draws a case: a strip of slices for the reference and for each model, and the slices of the
 * viewer. Holds the scan, the reference and two predictions at most.
 */
public final class CasePainter {
  /** The name of the reference among the models. */
  public static final String REFERENCE = "reference";

  /** The longer side of a slice, pixels. */
  private static final int LONGEST = 320;

  /** Slices at equal distances that the viewer has besides the chosen ones. */
  private static final int OTHERS = 12;

  private final ReportImages images;
  private final List<String> organs;
  private final List<Double> window;
  private final PictureBudget budget;

  /**
   * @param organs names of classes 1..K
   * @param window lower and upper limit of the pictures, HU
   */
  public CasePainter(
      ReportImages images, List<String> organs, List<Double> window, PictureBudget budget) {
    this.images = images;
    this.organs = organs;
    this.window = window;
    this.budget = budget;
  }

  /**
   * Draws a case into a folder.
   *
   * @throws org.mskd.problem.BadInputException if a file cannot be read or written
   */
  public CasePictures draw(PicturedCase shown, Path folder) {
    CanonicalPlanes planes = new CanonicalPlanes(shown.scan());
    ClassMap reference = shown.reference();
    SliceView view = new SliceView(planes.grid(), PlaneBox.ofBody(planes), LONGEST);
    String best = shown.models().get(0);
    ClassMap first = shown.prediction(best);
    int slices = planes.grid().nz();
    List<ChosenSlice> chosen =
        new SliceChoice(organs.size(), reference, first).slices(organs, best);
    List<Integer> few = SliceChoice.with(chosen, slices, OTHERS);
    List<Integer> viewed =
        images == ReportImages.ALL ? SliceChoice.with(chosen, slices, slices) : few;
    CaseDrawing drawing =
        new CaseDrawing(view, new Overlay(view, window.get(0), window.get(1)), chosen, viewed);
    drawing.addScan(planes);
    drawing.addMap(REFERENCE, reference, reference);
    for (String model : shown.models()) {
      drawing.addMap(model, model.equals(best) ? first : shown.prediction(model), reference);
    }
    return drawing.write(folder, budget, organs, window, few, slices);
  }
}
