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

  /**
   * The organs of the single-organ sets, then those that only a teacher's file covers, then those
   * that only multi-organ sets annotate.
   */
  static List<String> organs(
      List<DatasetSource> datasets, List<TeacherFile> teachers, List<MultiOrganSource> multiOrgan) {
    return Stream.of(
            datasets.stream().map(DatasetSource::organ),
            teachers.stream().map(TeacherFile::organ),
            multiOrgan.stream().flatMap(set -> set.organs().stream()))
        .flatMap(organs -> organs)
        .distinct()
        .toList();
  }

  /**
   * @throws BadInputException if there is nothing to learn from, or a name occurs twice
   */
  static void check(
      List<DatasetSource> datasets,
      List<MultiOrganSource> multiOrgan,
      List<UnlabelledSource> unlabelled,
      List<TeacherFile> teachers) {
    if (datasets.isEmpty() && multiOrgan.isEmpty() && teachers.isEmpty()) {
      throw new BadInputException(
          "<datasets> declares no data set.",
          "Add a <dataset> with an <organ> and a <directory> for each organ to be learned, or a"
              + " <teacher> with an <organ> and a <model>.");
    }
    if (datasets.isEmpty() && multiOrgan.isEmpty() && unlabelled.isEmpty()) {
      throw new BadInputException(
          "<teachers> are given, but the student has no images to learn from.",
          "Add <unlabelled> <images> with a <name> and a <directory>, or <datasets>.");
    }
    Map<String, String> folders = new HashMap<>();
    for (DatasetSource source : datasets) {
      distinct(
          folders,
          source.organ(),
          "<datasets> declares %s twice.",
          "Give each organ one <dataset>; put its volumes in one folder.");
    }
    Map<String, String> trained = new HashMap<>();
    for (TeacherFile teacher : teachers) {
      distinct(trained, teacher.organ(), "<teachers> declares %s twice.", "Keep one <teacher>.");
      String dataset = folders.get(lower(teacher.organ()));
      if (dataset != null && !dataset.equals(teacher.organ())) {
        throw alike(dataset, teacher.organ());
      }
    }
    for (MultiOrganSource source : multiOrgan) {
      requireFree("<dataset>", source.name(), folders);
      folders.put(lower(source.name()), source.name());
    }
    Map<String, String> archives = new HashMap<>();
    for (UnlabelledSource source : unlabelled) {
      requireFree("<images>", source.name(), folders);
      distinct(
          archives,
          source.name(),
          "<unlabelled> declares %s twice.",
          "Choose another <name>, or put the volumes in one folder.");
    }
    Set<String> organs = new HashSet<>(organs(datasets, teachers, multiOrgan));
    Checks.within("datasets", organs.size(), 1, 127);
  }

  private static void requireFree(String element, String name, Map<String, String> folders) {
    if (folders.containsKey(lower(name))) {
      throw new BadInputException(
          "%s %s has the name of <dataset> %s.".formatted(element, name, folders.get(lower(name))),
          "Choose another <name>, in more than upper and lower case: each names a folder.");
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Names are folders, and some file systems do not distinguish Liver from liver. */
  private static void distinct(Map<String, String> seen, String name, String twice, String remedy) {
    String other = seen.put(lower(name), name);
    if (name.equals(other)) {
      throw new BadInputException(twice.formatted(name), remedy);
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
