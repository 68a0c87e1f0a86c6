package org.mskd.report.picture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.mskd.file.AtomicFile;
import org.mskd.volume.CanonicalPlanes;
import org.mskd.volume.ClassMap;

/** The pictures of one case in memory: JPEG files of the strips, and the data of the viewer. */
final class CaseDrawing {
  /** The file of the viewer's data. */
  static final String VIEWER = "slices.js";

  private final SliceView view;
  private final Overlay overlay;
  private final List<ChosenSlice> chosen;
  private final ViewerData viewer;
  private final Map<Integer, float[]> intensities = new HashMap<>();
  private final SortedMap<Integer, byte[]> strips = new TreeMap<>();

  /**
   * @param chosen slices of the strips
   * @param viewed slices of the viewer, the chosen ones among them
   */
  CaseDrawing(SliceView view, Overlay overlay, List<ChosenSlice> chosen, List<Integer> viewed) {
    this.view = view;
    this.overlay = overlay;
    this.chosen = chosen;
    this.viewer = new ViewerData(view, viewed);
  }

  /** Adds the slices of the scan. */
  void addScan(CanonicalPlanes planes) {
    float[] plane = new float[planes.area()];
    for (int z : viewer.slices()) {
      planes.plane(z, plane);
      float[] picture = view.intensities(plane);
      viewer.addImage(picture);
      if (chosen.stream().anyMatch(slice -> slice.z() == z)) {
        intensities.put(z, picture);
      }
    }
  }

  /**
   * Adds the classes of a model; the reference is outlined.
   *
   * @param model its position, or {@link DrawnStrip#REFERENCE}
   */
  void addMap(int model, ClassMap map, ClassMap reference) {
    viewer.addMap(model, map.classes());
    if (!chosen.isEmpty()) {
      strips.put(
          model,
          JpegFile.bytes(
              Strip.of(
                  chosen.stream()
                      .map(
                          slice ->
                              overlay.draw(
                                  intensities.get(slice.z()),
                                  view.classes(map.classes(), slice.z()),
                                  view.classes(reference.classes(), slice.z())))
                      .toList())));
    }
  }

  /** The file of a strip: 0 is the reference. */
  static String stripFile(int model) {
    return "strip-" + (model + 1) + ".jpg";
  }

  /**
   * Writes the files that the budget allows.
   *
   * @param few slices of the viewer if all would take too many bytes
   * @param slices how many the scan has
   * @param script of the viewer's data
   */
  CasePictures write(
      Path folder,
      PictureBudget budget,
      List<Integer> few,
      int slices,
      Function<ViewerData, byte[]> script) {
    List<DrawnStrip> written = new ArrayList<>();
    strips.forEach(
        (model, bytes) -> {
          if (budget.take(bytes.length)) {
            AtomicFile.write(folder.resolve(stripFile(model)), out -> out.write(bytes));
            written.add(new DrawnStrip(model, stripFile(model)));
          }
        });
    boolean cut = written.size() < strips.size();
    for (ViewerData data : List.of(viewer, viewer.only(few))) {
      byte[] bytes = script.apply(data);
      if (budget.take(bytes.length)) {
        AtomicFile.write(folder.resolve(VIEWER), out -> out.write(bytes));
        boolean fewer = data.slices().size() < viewer.slices().size();
        return pictures(written, Optional.of(VIEWER), data.slices().size(), slices, cut || fewer);
      }
    }
    return pictures(written, Optional.empty(), 0, slices, true);
  }

  private CasePictures pictures(
      List<DrawnStrip> written, Optional<String> file, int viewed, int slices, boolean cut) {
    return new CasePictures(
        chosen,
        Strip.width(chosen.size(), view.width()),
        view.height(),
        written,
        file,
        viewed,
        slices,
        cut);
  }
}
