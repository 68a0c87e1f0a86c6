package org.mskd.report.picture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mskd.experiment.ReportImages;
import org.mskd.volume.CanonicalPlanes;
import org.mskd.volume.ClassMap;

/**
 * Draws a case: a strip of slices for the reference and for each model, and the slices of the
 * viewer. Holds the scan, the reference and one prediction at a time.
 */
public final class CasePainter {
  /** The longer side of a slice, pixels. */
  private static final int LONGEST = 320;

  /** Slices at equal distances that the viewer has besides the chosen ones. */
  private static final int OTHERS = 12;

  private final ReportImages images;
  private final DrawnOrgans organs;
  private final List<String> models;
  private final int leading;
  private final List<Double> window;
  private final PictureBudget budget;

  /**
   * @param models their names by position
   * @param leading position of the model whose errors choose a slice
   * @param window lower and upper limit of the pictures, HU
   */
  public CasePainter(
      ReportImages images,
      DrawnOrgans organs,
      List<String> models,
      int leading,
      List<Double> window,
      PictureBudget budget) {
    this.images = images;
    this.organs = organs;
    this.models = models;
    this.leading = leading;
    this.window = window;
    this.budget = budget;
  }

  /** The files that {@link #draw} may write, relative to the folder of the case. */
  public List<String> files() {
    List<String> files = new ArrayList<>(List.of(CaseDrawing.VIEWER));
    files.add(CaseDrawing.stripFile(DrawnStrip.REFERENCE));
    for (int model = 0; model < models.size(); model++) {
      files.add(CaseDrawing.stripFile(model));
    }
    return files;
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
    int slices = planes.grid().nz();
    List<ChosenSlice> chosen =
        new SliceChoice(organs, reference, shown.prediction(leading)).slices(models.get(leading));
    List<Integer> few = SliceChoice.with(chosen, slices, OTHERS);
    List<Integer> viewed =
        images == ReportImages.ALL ? SliceChoice.with(chosen, slices, slices) : few;
    CaseDrawing drawing =
        new CaseDrawing(view, new Overlay(view, window.get(0), window.get(1)), chosen, viewed);
    drawing.addScan(planes);
    drawing.addMap(DrawnStrip.REFERENCE, reference, reference);
    for (int model = 0; model < models.size(); model++) {
      drawing.addMap(model, shown.prediction(model), reference);
    }
    return drawing.write(
        folder, budget, few, slices, viewer -> viewer.script(organs, models, window, chosen));
  }
}
