package org.mskd.experiment;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mskd.problem.BadInputException;

/**
 * The multi-organ test set: a folder with {@code imagesTs} and {@code labelsTs}, never trained on.
 *
 * @param directory the folder
 * @param labels the value of each organ; a value that is not declared is an error
 */
public record TestSet(Path directory, List<OrganLabel> labels) {
  public TestSet {
    Checks.present("testSet directory", directory);
    labels = labels == null ? List.of() : List.copyOf(labels);
    Checks.notEmpty("labels", labels);
    Set<Object> seen = new HashSet<>();
    for (OrganLabel label : labels) {
      if (!seen.add(label.organ()) || !seen.add(label.value())) {
        throw new BadInputException(
            "<labels> declares organ " + label.organ() + " or value " + label.value() + " twice.",
            "Give each organ of the test set one <label> with a value of its own.");
      }
    }
  }
}
