package org.mskd.pipeline.stages;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.code.ResultNeutral;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Training;
import org.mskd.file.Sha256;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.stage.Checkpoints;
import org.mskd.pipeline.stage.StageStamp;
import org.mskd.training.FinishedTraining;

/**
 * The last finished training of a stage as the first part of a longer one, which differs from it in
 * {@code epochs} alone.
 *
 * @param folder of the finished result
 * @param before the inputs of the finished training
 * @param epochs of the finished training
 * @param iterations of the finished training
 */
@ResultNeutral
record Continuation(Path folder, SortedMap<String, String> before, int epochs, int iterations) {
  /** The input of a training stage that holds its {@link Training}. */
  static final String TRAINING = "training";

  private static final String EPOCHS = "epochs";

  /**
   * The last finished training, if that which has these inputs is the same for more epochs.
   *
   * @param last the stamp of the finished training; null without one
   */
  static Optional<Continuation> of(
      StageStamp last, Path folder, SortedMap<String, String> inputs, Training training) {
    if (last == null || !last.inputs().containsKey(TRAINING)) {
      return Optional.empty(); // the stage was never run, or the network was given
    }
    Map<String, Object> before = settings(last.inputs());
    if (!(before.get(EPOCHS) instanceof Integer epochs)
        || epochs < 1
        || epochs >= training.epochs()
        || !withoutEpochs(last.inputs()).equals(withoutEpochs(inputs))) {
      return Optional.empty();
    }
    return Optional.of(
        new Continuation(folder, last.inputs(), epochs, epochs * training.iterationsPerEpoch()));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> settings(SortedMap<String, String> inputs) {
    return new TreeMap<>(ExperimentJson.read(inputs.get(TRAINING), Map.class));
  }

  private static SortedMap<String, String> withoutEpochs(SortedMap<String, String> inputs) {
    Map<String, Object> settings = settings(inputs);
    settings.remove(EPOCHS);
    SortedMap<String, String> others = new TreeMap<>(inputs);
    others.put(TRAINING, ExperimentJson.write(settings));
    return others;
  }

  private Path state() {
    return folder.resolve(Checkpoints.END);
  }

  /** Whether the state at the end was kept: that of a restored result was not. */
  boolean isKept() {
    return Files.isRegularFile(state()) && !finished().isOfAnotherTraining();
  }

  FinishedTraining finished() {
    return new FinishedTraining(state(), digest(before), ExperimentFolders.historyIn(folder));
  }

  /** What it is, for messages. */
  String text() {
    return "from the finished training of " + epochs + (epochs == 1 ? " epoch" : " epochs");
  }

  /** The digest of a training's inputs that its checkpoints hold. */
  static String digest(SortedMap<String, String> inputs) {
    return Sha256.of(ExperimentJson.write(inputs));
  }
}
