package org.mskd.experiment;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.mskd.problem.BadInputException;

/** Where images, labels and teachers come from, and that their names do not collide. */
final class Sources {
  private Sources() {}

  /** The organs of the data sets, then those that only a teacher's file knows. */
  static List<String> organs(List<DatasetSource> datasets, List<TeacherFile> teachers) {
    return Stream.concat(
            datasets.stream().map(DatasetSource::organ), teachers.stream().map(TeacherFile::organ))
        .distinct()
        .toList();
  }

  /**
   * @throws BadInputException if there is nothing to learn from, or a name stands twice
   */
  static void check(
      List<DatasetSource> datasets, List<UnlabelledSource> unlabelled, List<TeacherFile> teachers) {
    if (datasets.isEmpty() && teachers.isEmpty()) {
      throw new BadInputException(
          "<datasets> declares no data set.",
          "Add a <dataset> with an <organ> and a <directory> for each organ to be learned, or a"
              + " <teacher> with an <organ> and a <model>.");
    }
    if (datasets.isEmpty() && unlabelled.isEmpty()) {
      throw new BadInputException(
          "<teachers> are given, but the student has no images to learn from.",
          "Add <unlabelled> <images> with a <name> and a <directory>, or <datasets>.");
    }
    Map<String, String> folders = new HashMap<>();
    datasets.forEach(source -> distinct(folders, source.organ(), "datasets", "dataset"));
    Map<String, String> trained = new HashMap<>();
    teachers.forEach(teacher -> distinct(trained, teacher.organ(), "teachers", "teacher"));
    for (TeacherFile teacher : teachers) {
      String dataset = folders.get(teacher.organ().toLowerCase(Locale.ROOT));
      if (dataset != null && !dataset.equals(teacher.organ())) {
        throw alike(dataset, teacher.organ());
      }
    }
    unlabelled.forEach(source -> distinct(folders, source.name(), "unlabelled", "images"));
    Set<String> organs = new HashSet<>(organs(datasets, teachers));
    Checks.within("datasets", organs.size(), 1, 127);
  }

  /** Names are folders, and not every disk tells Liver from liver. */
  private static void distinct(Map<String, String> seen, String name, String list, String element) {
    String other = seen.put(name.toLowerCase(Locale.ROOT), name);
    if (name.equals(other)) {
      throw new BadInputException(
          "<" + list + "> declares " + name + " twice.",
          "Give each one <" + element + ">; put its volumes in one folder.");
    }
    if (other != null) {
      throw alike(other, name);
    }
  }

  private static BadInputException alike(String one, String other) {
    return new BadInputException(
        "Names " + one + " and " + other + " are declared.",
        "Use names that differ in more than upper and lower case: each names a folder.");
  }
}
