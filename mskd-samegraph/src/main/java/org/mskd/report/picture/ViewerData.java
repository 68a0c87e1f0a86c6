package org.mskd.report.picture;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.ExperimentJson;

/**
 * The data of the slice viewer as a script, since a page that is opened from a disk can read no
 * other files: slices as JPEG in gray values of {@link ToneCurve}, classes as {@link ClassRuns}.
 */
final class ViewerData {
  /** The script sets this property of {@code window}. */
  private static final String VARIABLE = "mskdCase";

  private final SliceView view;
  private final List<Integer> slices;
  private final List<String> images = new ArrayList<>();
  private final SortedMap<Integer, List<String>> maps = new TreeMap<>();

  /**
   * @param slices from head to feet
   */
  ViewerData(SliceView view, List<Integer> slices) {
    this.view = view;
    this.slices = slices;
  }

  List<Integer> slices() {
    return slices;
  }

  /** Adds the next slice, HU. */
  void addImage(float[] intensities) {
    BufferedImage image =
        new BufferedImage(view.width(), view.height(), BufferedImage.TYPE_BYTE_GRAY);
    for (int row = 0, i = 0; row < view.height(); row++) {
      for (int column = 0; column < view.width(); column++, i++) {
        image.getRaster().setSample(column, row, 0, ToneCurve.gray(intensities[i]));
      }
    }
    images.add(Base64.getEncoder().encodeToString(JpegFile.bytes(image)));
  }

  /**
   * Adds the classes of a model.
   *
   * @param model its position, or {@link DrawnStrip#REFERENCE}
   */
  void addMap(int model, byte[] classes) {
    maps.put(model, slices.stream().map(z -> ClassRuns.encode(view.classes(classes, z))).toList());
  }

  /** The data of some of the slices. */
  ViewerData only(List<Integer> kept) {
    ViewerData some = new ViewerData(view, kept);
    List<Integer> at = kept.stream().map(slices::indexOf).toList();
    at.forEach(i -> some.images.add(images.get(i)));
    maps.forEach((model, runs) -> some.maps.put(model, at.stream().map(runs::get).toList()));
    return some;
  }

  /**
   * The script.
   *
   * @param organs the classes
   * @param models their names by position
   * @param window lower and upper limit of the first window, HU
   * @param chosen the slices of the strips
   */
  byte[] script(
      DrawnOrgans organs, List<String> models, List<Double> window, List<ChosenSlice> chosen) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("annotated", organs.annotated());
    data.put("colours", colours(organs.count()));
    data.put("height", view.height());
    data.put("images", images);
    data.put("largest", largest(organs.count(), chosen));
    data.put("maps", maps.values());
    data.put("models", models);
    data.put("organs", organs.names());
    data.put("shown", chosen.isEmpty() ? slices.size() / 2 : slices.indexOf(chosen.get(0).z()));
    data.put("slices", slices);
    data.put("tones", ToneCurve.KNOTS);
    data.put("width", view.width());
    data.put("window", window);
    return ("window." + VARIABLE + " = " + ExperimentJson.write(data) + ";\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Of each organ, the position in {@link #slices} where it is largest; -1 if it is nowhere. */
  private List<Integer> largest(int organs, List<ChosenSlice> chosen) {
    List<Integer> positions = new ArrayList<>();
    for (int organ = 1; organ <= organs; organ++) {
      int wanted = organ;
      positions.add(
          chosen.stream()
              .filter(slice -> slice.organs().contains(wanted))
              .map(slice -> slices.indexOf(slice.z()))
              .findFirst()
              .orElse(-1));
    }
    return positions;
  }

  private static List<String> colours(int organs) {
    List<String> colours = new ArrayList<>();
    for (int organ = 1; organ <= organs; organ++) {
      colours.add(OrganPalette.hex(organ));
    }
    return colours;
  }
}
