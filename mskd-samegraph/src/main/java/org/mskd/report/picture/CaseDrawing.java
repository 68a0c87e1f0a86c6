package org.mskd.report.picture;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mskd.file.AtomicFile;
import org.mskd.volume.CanonicalPlanes;
import org.mskd.volume.ClassMap;

/** The pictures of one case in memory: JPEG files of the strips, and the data of the viewer. */
final class CaseDrawing {
  private final SliceView view;
  private final Overlay overlay;
  private final List<ChosenSlice> chosen;
  private final ViewerData viewer;
  private final Map<Integer, float[]> intensities = new HashMap<>();
  private final Map<String, byte[]> strips = new LinkedHashMap<>();

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

  /** Adds the classes of a model; the reference is outlined. */
  void addMap(String name, ClassMap map, ClassMap reference) {
    viewer.addMap(name, map.classes());
    if (!chosen.isEmpty()) {
      strips.put(
          name,
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

  /**
   * Writes the files that the budget allows.
   *
   * @param few slices of the viewer if all would take too many bytes
   * @param slices how many the scan has
   */
  CasePictures write(
      Path folder,
      PictureBudget budget,
      List<String> organs,
      List<Double> window,
      List<Integer> few,
      int slices) {
    Map<String, String> files = new LinkedHashMap<>();
    strips.forEach(
        (name, bytes) -> {
          String file = "strip-%d.jpg".formatted(files.size());
          if (budget.take(bytes.length)) {
            AtomicFile.write(folder.resolve(file), out -> out.write(bytes));
            files.put(name, file);
          }
        });
    ViewerData written = viewer;
    byte[] script = script(written, organs, window);
    if (!budget.take(script.length)) {
      written = viewer.only(few);
      script = script(written, organs, window);
      if (!budget.take(script.length)) {
        return pictures(files, Optional.empty(), 0, slices);
      }
    }
    byte[] bytes = script;
    String file = "slices.js";
    AtomicFile.write(folder.resolve(file), out -> out.write(bytes));
    return pictures(files, Optional.of(file), written.slices().size(), slices);
  }

  private CasePictures pictures(
      Map<String, String> files, Optional<String> viewerFile, int viewed, int slices) {
    return new CasePictures(chosen, view.width(), view.height(), files, viewerFile, viewed, slices);
  }

  private byte[] script(ViewerData data, List<String> organs, List<Double> window) {
    int shown =
        chosen.isEmpty() ? data.slices().size() / 2 : data.slices().indexOf(chosen.get(0).z());
    return data.script(organs, window, shown);
  }
}
