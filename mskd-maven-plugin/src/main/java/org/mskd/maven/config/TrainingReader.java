package org.mskd.maven.config;

import java.util.Optional;
import org.mskd.experiment.Training;
import org.mskd.problem.BadInputException;

/** Reads the training settings. Elements that are not given have the preset's values. */
final class TrainingReader {
  private TrainingReader() {}

  /**
   * @param d the values of elements that are not given
   * @param patchSize the default patch, pixels; 0 for the whole slice
   * @param preset the given preset, which {@code d} is that of
   */
  static Training read(Section section, Training d, int patchSize, Optional<Value> preset) {
    UnusedOption unused = new UnusedOption(section, preset);
    return new Training(
        section.integer("batchSize", d.batchSize()),
        section.integer("iterationsPerEpoch", d.iterationsPerEpoch()),
        section.integer("epochs", d.epochs()),
        section.number("learningRate", d.learningRate()),
        section.number("annotatedFraction", d.annotatedFraction()),
        section.integer("patchSize", patchSize),
        new ScheduleReader(section, d.schedule(), unused).read(),
        new OptimizerReader(section, d.optimizer(), unused).read(),
        augmentationStrength(section, d.augmentationStrength()),
        section.integer("warmupIterations", d.warmupIterations()),
        section.number("weightAverage", d.weightAverage()),
        section.integer("studentEpochs", d.studentEpochs()),
        section.oneOf("augmentationKind", d.augmentationKind()),
        section.flag("deepSupervision", d.deepSupervision()));
  }

  /**
   * Two elements set it: whether to augment, and the strength. If they contradict each other, a
   * user property overrides the POM. If both are of one origin, it is an error.
   */
  private static double augmentationStrength(Section section, double otherwise) {
    Optional<Value> whether = section.value("augmentation");
    Optional<Value> strength = section.value("augmentationStrength");
    boolean on = whether.map(Value::asBoolean).orElse(true);
    if (strength.isEmpty()) {
      return on ? otherwise : 0;
    }
    double given = strength.get().asDouble();
    boolean contradiction = whether.isPresent() && (on ? given == 0 : given > 0);
    if (!contradiction) {
      return given;
    }
    if (whether.get().origin() == strength.get().origin()) {
      throw new BadInputException(
          "%s is %s, but %s is %s."
              .formatted(
                  whether.get().source(),
                  whether.get().text(),
                  strength.get().source(),
                  strength.get().text()),
          "A strength of 0 means no augmentation: change one of them, or leave one out.");
    }
    if (strength.get().origin().overrides(whether.get().origin())) {
      return given;
    }
    return on ? otherwise : 0;
  }
}
