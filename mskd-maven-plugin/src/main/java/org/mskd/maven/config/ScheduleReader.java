package org.mskd.maven.config;

import java.util.List;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.Schedule;

/** Reads the schedule of the learning rate and its options. */
final class ScheduleReader {
  private static final String ELEMENT = "schedule";

  private final Section section;
  private final Schedule preset;
  private final UnusedOption unused;

  private enum Kind {
    PLATEAU,
    POLYNOMIAL,
    COSINE
  }

  /**
   * @param section the training settings
   * @param preset the values of elements that are not given
   * @param unused refuses options of another schedule
   */
  ScheduleReader(Section section, Schedule preset, UnusedOption unused) {
    this.section = section;
    this.preset = preset;
    this.unused = unused;
  }

  Schedule read() {
    Kind kind = section.oneOf(ELEMENT, kindOf(preset));
    Plateau plateau = plateau(preset instanceof Plateau own ? own : Plateau.SOURCE);
    if (kind == Kind.PLATEAU) {
      return plateau;
    }
    for (String option :
        List.of("plateauFactor", "plateauPatience", "plateauThreshold", "plateauSignal")) {
      section.value(option).ifPresent(given -> unused.refuse(given, ELEMENT, kind, Kind.PLATEAU));
    }
    return kind == Kind.COSINE ? new Schedule.Cosine() : new Schedule.Polynomial();
  }

  private static Kind kindOf(Schedule schedule) {
    if (schedule instanceof Plateau) {
      return Kind.PLATEAU;
    }
    return schedule instanceof Schedule.Cosine ? Kind.COSINE : Kind.POLYNOMIAL;
  }

  private Plateau plateau(Plateau d) {
    return new Plateau(
        section.number("plateauFactor", d.factor()),
        section.integer("plateauPatience", d.patience()),
        section.number("plateauThreshold", d.threshold()),
        section.oneOf("plateauSignal", d.signal()));
  }
}
