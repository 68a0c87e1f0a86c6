package org.mskd.method;

/**
 * Annotations of a batch completed by the predictions of a network for all organs. The class of a
 * pixel is
 *
 * <ol>
 *   <li>the annotated organ, where the slot's data set annotates one there;
 *   <li>else the organ of the largest logit, if that is above the background's and the data set
 *       does not annotate the organ: its annotation excludes the organ there;
 *   <li>else background.
 * </ol>
 *
 * @param classes {@code [slots][pixels]} flattened
 * @param labelled in the same shape, 1 where the class is an annotated organ, else 0
 */
@SuppressWarnings("ArrayRecordComponent") // made for one step, never compared
record AverageLabels(float[] classes, float[] labelled) {
  /**
   * @param annotations {@code [slots][pixels]} flattened
   * @param annotated {@code [slots][K]} flattened
   * @param logits {@code [slots][pixels][K+1]} flattened
   */
  static AverageLabels of(float[] annotations, float[] annotated, float[] logits, int slots) {
    float[] classes = annotations.clone();
    float[] labelled = new float[classes.length];
    int organs = annotated.length / slots;
    int area = classes.length / slots;
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] != 0) {
        labelled[i] = 1;
      } else {
        int best = largest(logits, i * (organs + 1), organs + 1);
        boolean open = best > 0 && annotated[i / area * organs + best - 1] == 0;
        classes[i] = open ? best : 0;
      }
    }
    return new AverageLabels(classes, labelled);
  }

  private static int largest(float[] logits, int from, int channels) {
    int best = 0;
    for (int c = 1; c < channels; c++) {
      best = logits[from + c] > logits[from + best] ? c : best;
    }
    return best;
  }
}
