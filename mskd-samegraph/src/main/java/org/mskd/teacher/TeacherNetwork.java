package org.mskd.teacher;

/** A teacher's network over whole slices. */
interface TeacherNetwork extends AutoCloseable {
  /** Slices per run. */
  int slices();

  /**
   * Runs the network.
   *
   * @param images {@code [slices()][side][side][channels]} flattened, values in [-1, 1]
   * @param count how many of them are slices, from the first; the rest is padding
   * @return valid until the next run
   */
  Run run(float[] images, int count);

  @Override
  void close();

  /** The outputs of a run. Thread-safe until it is closed. */
  interface Run extends AutoCloseable {
    /** Margins of a slice, {@code [side][side]}: organ logit minus background logit. */
    float[] margins(int slot);

    /**
     * Reads the features of one position, before any softmax.
     *
     * @param level its number among the compared levels
     * @param position row by row, in the teacher's grid of that level
     */
    void features(int slot, int level, int position, float[] channels);

    @Override
    void close();
  }
}
