package org.mskd.pipeline.stages;

import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.mskd.code.ResultNeutral;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.training.TrainingListener;

/**
 * Reports the steps of a training, and its scores on held-out subjects.
 *
 * @param stage its name
 */
@ResultNeutral
record ReportedTraining(String stage, StageProgress progress) implements TrainingListener {
  @Override
  public void step(int iteration, int iterations, double loss) {
    progress.step(iteration, loss);
  }

  @Override
  public void validated(int epoch, int epochs, SortedMap<String, Double> dice) {
    String scores =
        dice.entrySet().stream()
            .map(organ -> String.format(Locale.ROOT, "%s %.3f", organ.getKey(), organ.getValue()))
            .collect(Collectors.joining(", "));
    progress.message(
        "%s: epoch %d of %d, Dice on held-out subjects: %s"
            .formatted(stage, epoch, epochs, scores.isEmpty() ? "none has an organ" : scores));
  }
}
