package org.mskd.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.DataLicense;

/**
 * What a packaged model says about itself beside the rest of its card, which has the parameters,
 * the seed and the versions that training depends on. No paths, no times, no names of users,
 * machines or subjects.
 *
 * @param coordinates under which it is published, such as {@code org.hospital:ct:mskd:liver:1.0};
 *     empty if it has none
 * @param license of the data
 * @param sets the data sets it was trained on, in the order of the training
 * @param scores on a test set
 * @param teachers of a student, in the order of its organs; none of a teacher, or of a student of a
 *     method without teachers
 * @param versions of programs that no weight depends on, by name: {@code mskd}
 */
public record Publication(
    String coordinates,
    Optional<DataLicense> license,
    List<PublishedSet> sets,
    Optional<PublishedScores> scores,
    List<PublishedTeacher> teachers,
    SortedMap<String, String> versions) {
  /**
   * @throws IllegalArgumentException if a component is missing
   */
  public Publication {
    PublishedValue.present("coordinates", coordinates);
    PublishedValue.present("license", license);
    PublishedValue.present("scores", scores);
    sets = List.copyOf(PublishedValue.present("sets", sets));
    teachers = List.copyOf(PublishedValue.present("teachers", teachers));
    PublishedValue.present("versions", versions)
        .forEach((name, version) -> PublishedValue.present(name, version));
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
  }
}
