package org.mskd.experiment;

/**
 * Where the students' trainings take from what the teachers say: one choice for all methods, since
 * it changes what a step costs and not what is learned.
 *
 * @param mode whether it is stored beforehand
 * @param maxStore bytes that each store may take; a larger one is not made, and the teachers run
 *     live. 0 for live
 */
public record TeacherOutputs(Mode mode, long maxStore) {
  /** When teachers look at a slice. */
  public enum Mode {
    /** Once, before the students are trained; what they said is moved as the image is. */
    STORED,
    /** In every step that shows it, at the augmented image. */
    LIVE
  }

  /** Stored in at most 8 GiB. */
  public static final TeacherOutputs DEFAULT = new TeacherOutputs(Mode.STORED, 8L << 30);

  /** Nothing is stored. */
  public static final TeacherOutputs LIVE = new TeacherOutputs(Mode.LIVE, DEFAULT.maxStore());

  public TeacherOutputs {
    Checks.present("teacherOutputs", mode);
    if (maxStore < 0) {
      throw Checks.notAllowed("maxStore", maxStore, "an amount of disk space, such as 8g, or 0");
    }
  }

  /**
   * What holds where nothing is said: stored, but live where networks see crops of a slice, since
   * what a teacher says depends on the crop.
   */
  public static TeacherOutputs defaultFor(Training training, Preprocessing preprocessing) {
    return training.crops(preprocessing) ? LIVE : DEFAULT;
  }

  /** Whether anything may be stored. */
  public boolean mayStore() {
    return mode == Mode.STORED && maxStore > 0;
  }
}
