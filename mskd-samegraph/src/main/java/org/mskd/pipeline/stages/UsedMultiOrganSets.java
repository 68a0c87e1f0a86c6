package org.mskd.pipeline.stages;

import java.util.ArrayList;
import java.util.List;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.method.Methods;
import org.mskd.method.Requirements.Annotations;

/**
 * The multi-organ sets that some network is trained on, whose organs' sizes are measured, or whose
 * labels score subjects that are held out of all trainings. Other sets are neither prepared nor
 * read: most methods do not use their labels. A cross-validation scores with the labels of all
 * sets.
 */
public final class UsedMultiOrganSets {
  private UsedMultiOrganSets() {}

  /** In their declared order. */
  public static List<MultiOrganSource> of(Experiment experiment) {
    return experiment.multiOrgan().stream()
        .filter(
            set ->
                experiment.validation().holdsOut()
                    || hasTeacher(experiment, set)
                    || hasStudent(experiment, set))
        .toList();
  }

  /** The names of all sources that a network is trained on. */
  static List<String> sources(Experiment experiment) {
    List<String> unused = new ArrayList<>();
    experiment.multiOrgan().forEach(set -> unused.add(set.name()));
    of(experiment).forEach(set -> unused.remove(set.name()));
    return experiment.sources().stream().filter(name -> !unused.contains(name)).toList();
  }

  /** Whether it annotates an organ that neither a single-organ set nor a given teacher has. */
  private static boolean hasTeacher(Experiment experiment, MultiOrganSource set) {
    return set.organs().stream()
        .filter(organ -> experiment.teacherFile(organ).isEmpty())
        .anyMatch(
            organ -> experiment.datasets().stream().noneMatch(own -> own.organ().equals(organ)));
  }

  private static boolean hasStudent(Experiment experiment, MultiOrganSource set) {
    return experiment.methods().stream()
        .map(declared -> Methods.installed().of(declared).requirements())
        .anyMatch(
            required ->
                required.annotations() == Annotations.ANNOTATED
                    || (required.annotations() == Annotations.ALL_ORGANS
                            || required.measuresSizes())
                        && experiment.annotatingAll().contains(set));
  }
}
