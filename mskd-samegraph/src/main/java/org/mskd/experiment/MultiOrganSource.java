package org.mskd.experiment;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mskd.problem.BadInputException;

/**
 * A data set whose labels annotate several organs. Methods that learn from labels use it; a teacher
 * does only where no single-organ set annotates its organ.
 *
 * @param name how messages and folders call it
 * @param images folders of its CT volumes, at least one
 * @param labelFolder the folder of its label volumes, one for each CT volume
 * @param labels the value of each organ; a value that is not declared is an error
 */
public record MultiOrganSource(
    String name, List<Path> images, Path labelFolder, List<OrganLabel> labels) {
  public MultiOrganSource {
    Checks.name("name", name);
    images = List.copyOf(Checks.notEmpty("imageDirectories", images));
    Checks.present("labelDirectory", labelFolder);
    labels = List.copyOf(Checks.notEmpty("labels", labels));
    Set<Object> seen = new HashSet<>();
    for (OrganLabel label : labels) {
      if (!seen.add(label.organ()) || !seen.add(label.value())) {
        throw new BadInputException(
            "<labels> of <dataset> %s declares organ %s or value %d twice."
                .formatted(name, label.organ(), label.value()),
            "Give each organ one <label> with a value of its own.");
      }
    }
  }

  /** The organs it annotates, in the order of its classes 1... */
  public List<String> organs() {
    return labels.stream().map(OrganLabel::organ).toList();
  }
}
