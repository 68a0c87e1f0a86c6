package org.mskd.experiment;

import java.nio.file.Path;
import java.util.List;

/**
 * A data set whose labels annotate several organs. Methods that learn from labels use it; a teacher
 * does only where no single-organ set annotates its organ.
 *
 * @param name how messages and folders call it
 * @param images folders of its CT volumes, at least one
 * @param labelFolder the folder of its label volumes, one for each CT volume
 * @param labels the values of each organ; a value that is not declared is an error
 * @param reading what else the labels hold
 */
public record MultiOrganSource(
    String name,
    List<Path> images,
    Path labelFolder,
    List<OrganLabel> labels,
    LabelReading reading) {
  public MultiOrganSource {
    Checks.name("name", name);
    images = List.copyOf(Checks.notEmpty("imageDirectories", images));
    Checks.present("labelDirectory", labelFolder);
    labels = List.copyOf(Checks.notEmpty("labels", labels));
    OrganLabel.checkDistinct(labels, "<dataset> " + name);
    reading = reading == null ? LabelReading.DEFAULT : reading;
    reading.checkApart(OrganLabel.values(labels));
  }

  /** A set whose labels hold the declared values alone. */
  public MultiOrganSource(
      String name, List<Path> images, Path labelFolder, List<OrganLabel> labels) {
    this(name, images, labelFolder, labels, LabelReading.DEFAULT);
  }

  /** The organs it annotates, in the order of its classes 1... */
  public List<String> organs() {
    return labels.stream().map(OrganLabel::organ).toList();
  }
}
