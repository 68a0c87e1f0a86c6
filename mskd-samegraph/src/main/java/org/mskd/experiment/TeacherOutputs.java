package org.mskd.experiment;

/**
 * Where students get the teachers' outputs from: one choice for all methods, since it changes the
 * cost of a step and not what is learned.
 *
 * @param mode whether the outputs are stored beforehand
 * @param maxStore largest size of each store, bytes; a larger one is not made, and the teachers run
 *     live. 0 for live
 */
public record TeacherOutputs(Mode mode, long maxStore) {
  /** When teachers run on a slice. */
  public enum Mode {
    /** Once, before the students are trained; augmentation warps the outputs with the image. */
    STORED,
    /** In every step whose batch holds it, on the augmented image. */
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
   * The default: stored, but live where networks are trained on crops of a slice, since a teacher's
   * output depends on the crop.
   */
  public static TeacherOutputs defaultFor(Training training, Preprocessing preprocessing) {
    return training.crops(preprocessing) ? LIVE : DEFAULT;
  }

  /** Whether anything may be stored. */
  public boolean mayStore() {
    return mode == Mode.STORED && maxStore > 0;
  }
}
