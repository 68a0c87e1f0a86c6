package org.mskd.maven.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.LabelReading;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.ValueRange;
import org.mskd.problem.BadInputException;

/**
 * Reads a {@code <dataset>}: one with an {@code <organ>} annotates that organ, one with a {@code
 * <name>} and {@code <labels>} several organs.
 */
final class DatasetReader {
  private static final List<String> OF_SEVERAL_ORGANS =
      List.of("name", "imageDirectories", "labelDirectory", "labels");

  private DatasetReader() {}

  /** Whether the element declares several organs. */
  static boolean isMultiOrgan(Section section) {
    return section.value("organ").isEmpty()
        && (section.value("name").isPresent() || section.section("labels").declared());
  }

  static DatasetSource singleOrgan(Section section) {
    String organ = section.required("organ").text();
    for (String element : OF_SEVERAL_ORGANS) {
      if (section.section(element).declared()) {
        throw new BadInputException(
            "<dataset> of %s has <%s>, which belongs to a set that annotates several organs."
                .formatted(organ, element),
            "Remove <%s>, or replace <organ> by a <name> and <labels>.".formatted(element));
      }
    }
    return new DatasetSource(
        organ,
        section.required("directory").asPath(section.basedir()),
        section.value("labelValues").map(Value::asInts).orElse(DatasetSource.DEFAULT_LABEL_VALUES),
        reading(section));
  }

  static MultiOrganSource multiOrgan(Section section) {
    String name = section.required("name").text();
    if (section.value("labelValues").isPresent()) {
      throw new BadInputException(
          "<dataset> %s has <labelValues>, which belongs to a set with an <organ>.".formatted(name),
          "Remove <labelValues>: <labels> give the value of each organ.");
    }
    if (section.value(InitialModelsReader.ELEMENT).isPresent()) {
      throw new BadInputException(
          "<dataset> %s has <initialModel>, which belongs to a set with an <organ>, for its teacher."
              .formatted(name),
          "Remove <initialModel>; a student begins with that of its <method>.");
    }
    Optional<Path> directory =
        section.value("directory").map(value -> value.asPath(section.basedir()));
    List<Path> images =
        section.section("imageDirectories").items().stream()
            .flatMap(item -> item.text().stream())
            .map(value -> value.asPath(section.basedir()))
            .toList();
    Optional<Path> labels =
        section.value("labelDirectory").map(value -> value.asPath(section.basedir()));
    return new MultiOrganSource(
        name,
        images.isEmpty()
            ? List.of(directory.map(d -> d.resolve("imagesTr")).orElseThrow(() -> missing(name)))
            : images,
        labels.or(() -> directory.map(d -> d.resolve("labelsTr"))).orElseThrow(() -> missing(name)),
        labels(section),
        reading(section));
  }

  private static BadInputException missing(String name) {
    return new BadInputException(
        "<dataset> %s has no folder of images and labels.".formatted(name),
        "Add a <directory> that holds imagesTr and labelsTr, or <imageDirectories> with an"
            + " <imageDirectory> for each folder, and a <labelDirectory>.");
  }

  /** The {@code <labels>} of a set that annotates several organs. */
  static List<OrganLabel> labels(Section section) {
    return section.section("labels").items().stream()
        .map(
            label ->
                label.placed(
                    () ->
                        new OrganLabel(
                            label.required("organ").text(), label.required("value").asInts())))
        .toList();
  }

  /** What the labels of a training set hold besides its organs. */
  private static LabelReading reading(Section section) {
    return new LabelReading(
        ranges(section, "backgroundValues"),
        List.of(),
        section.oneOf("labelGrid", LabelReading.DEFAULT.grid()));
  }

  /** What the labels of the test set hold besides its organs. */
  static LabelReading testReading(Section section) {
    return new LabelReading(
        ranges(section, "backgroundValues"),
        ranges(section, "ignoreValues"),
        section.oneOf("labelGrid", LabelReading.DEFAULT.grid()));
  }

  private static List<ValueRange> ranges(Section section, String element) {
    return section.value(element).map(Value::asValueRanges).orElse(List.of());
  }
}
