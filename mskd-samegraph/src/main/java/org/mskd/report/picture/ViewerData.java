package org.mskd.report.picture;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final Map<String, List<String>> maps = new LinkedHashMap<>();

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

  /** Adds the classes of a model, or of the reference. */
  void addMap(String name, byte[] classes) {
    maps.put(name, slices.stream().map(z -> ClassRuns.encode(view.classes(classes, z))).toList());
  }

  /** The data of some of the slices. */
  ViewerData only(List<Integer> kept) {
    ViewerData some = new ViewerData(view, kept);
    List<Integer> at = kept.stream().map(slices::indexOf).toList();
    at.forEach(i -> some.images.add(images.get(i)));
    maps.forEach((name, runs) -> some.maps.put(name, at.stream().map(runs::get).toList()));
    return some;
  }

  /**
   * The script.
   *
   * @param organs names of classes 1..K
   * @param window lower and upper limit of the first window, HU
   * @param shown position in {@link #slices} of the first slice that is shown
   */
  byte[] script(List<String> organs, List<Double> window, int shown) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("colours", organColours(organs.size()));
    data.put("height", view.height());
    data.put("images", images);
    data.put("maps", maps.entrySet().stream().map(ViewerData::map).toList());
    data.put("organs", organs);
    data.put("shown", shown);
    data.put("slices", slices);
    data.put("tones", ToneCurve.KNOTS);
    data.put("width", view.width());
    data.put("window", window);
    return ("window." + VARIABLE + " = " + ExperimentJson.write(data) + ";\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A list, since the order of the maps is that of the choices. */
  private static Map<String, Object> map(Map.Entry<String, List<String>> map) {
    return Map.of("name", map.getKey(), "runs", map.getValue());
  }

  private static List<String> organColours(int organs) {
    List<String> colours = new ArrayList<>();
    for (int organ = 1; organ <= organs; organ++) {
      colours.add(OrganPalette.hex(organ));
    }
    return colours;
  }
}
