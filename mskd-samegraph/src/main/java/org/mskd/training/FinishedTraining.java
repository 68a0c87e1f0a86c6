package org.mskd.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.mskd.file.AtomicFile;

/**
 * What a finished training left on the disk for a longer one, whose first iterations are the same.
 *
 * @param state the file that {@link EndState} wrote
 * @param inputs digest of everything that training depended on
 * @param history its lines
 */
public record FinishedTraining(Path state, String inputs, Path history) {
  /**
   * The end of the finished training as the checkpoint that the longer one resumes from. Its lines
   * are copied to the folder of the longer one's checkpoints.
   *
   * @param warnings receives a sentence that says why it cannot be used
   * @throws org.mskd.problem.BadInputException if the disk is full
   */
  public Optional<Checkpoint> checkpoint(CheckpointFolder longer, Consumer<String> warnings) {
    Optional<String> problem;
    try {
      TrainingState found = CheckpointFile.readState(state);
      problem = problem(found, longer);
      if (problem.isEmpty()) {
        return Optional.of(new Checkpoint(state, found));
      }
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      problem = Optional.of("is damaged (" + reason + ")");
    }
    warnings.accept(state + " " + problem.get() + " and is not used.");
    return Optional.empty();
  }

  /** Whether the state can be read. */
  public boolean isUndamaged() {
    return digest().isPresent();
  }

  /** Whether the state can be read, and is that of a training with other inputs. */
  public boolean isOfAnotherTraining() {
    return digest().filter(found -> !found.equals(inputs)).isPresent();
  }

  /** The digest of the inputs in the state; empty if it is damaged. */
  private Optional<String> digest() {
    try {
      return Optional.of(CheckpointFile.readState(state).inputs());
    } catch (IOException e) {
      return Optional.empty(); // the run, which reads it again, says what is wrong
    }
  }

  private Optional<String> problem(TrainingState found, CheckpointFolder longer) {
    if (!found.inputs().equals(inputs)) {
      return Optional.of("is the end of another training");
    }
    if (Files.isRegularFile(history)) {
      AtomicFile.write(longer.history(), copy -> Files.copy(history, copy));
      if (longer.hasHistoryOf(found)) {
        return Optional.empty();
      }
    }
    return Optional.of("belongs to lines that " + history + " does not have");
  }
}
