package org.mskd.training;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mskd.file.AtomicFile;
import org.mskd.file.ChannelBytes;
import org.mskd.model.Tensor;
import org.mskd.problem.BadInputException;

/**
 * The folder {@code checkpoint/} of a training: its last two checkpoints, named by iteration such
 * as {@code 0000250.ckpt}, and the lines of its history so far.
 */
public final class CheckpointFolder {
  private static final String ENDING = ".ckpt";
  private static final Pattern NAME = Pattern.compile("\\d{7,10}\\.ckpt");

  private final Path folder;
  private final String inputs;

  /** The newest checkpoint that is known to be intact; null before there is one. */
  private Path last;

  /**
   * @param inputs digest of everything the training depends on: of other inputs, no checkpoint is
   *     used
   */
  public CheckpointFolder(Path folder, String inputs) {
    this.folder = folder;
    this.inputs = inputs;
  }

  /** The draft of the history while the training runs. */
  public Path history() {
    return folder.resolve("history.jsonl");
  }

  String inputs() {
    return inputs;
  }

  private Path file(int iteration) {
    return folder.resolve("%07d%s".formatted(iteration, ENDING));
  }

  /**
   * The newest complete checkpoint of these inputs. Those that cannot be used are deleted, and
   * temporary files of a killed training with them.
   *
   * @param warnings receives a sentence for each one that is not used, naming it
   * @throws BadInputException if the folder cannot be read or one not be deleted
   */
  public Optional<Checkpoint> newest(Consumer<String> warnings) {
    removeTemporaries();
    for (Path file : files()) {
      Optional<String> problem = Optional.empty();
      try {
        TrainingState state = CheckpointFile.readState(file);
        problem = problem(file, state);
        if (problem.isEmpty()) {
          last = file;
          return Optional.of(new Checkpoint(file, state));
        }
      } catch (IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        problem = Optional.of("is damaged (" + reason + ")");
      }
      warnings.accept(file + " " + problem.get() + " and is not used.");
      delete(file);
    }
    return Optional.empty();
  }

  /** Why a complete checkpoint cannot be used. */
  private Optional<String> problem(Path file, TrainingState state) {
    if (!state.inputs().equals(inputs)) {
      return Optional.of("was made with other parameters, data or code");
    }
    if (!file.equals(file(state.iteration()))) {
      return Optional.of("is that of iteration " + state.iteration());
    }
    return hasHistoryOf(state)
        ? Optional.empty()
        : Optional.of("belongs to lines that " + history() + " does not have");
  }

  /** Whether the lines up to a state are there. */
  boolean hasHistoryOf(TrainingState state) {
    try (FileChannel channel = FileChannel.open(history())) {
      return channel.size() >= state.historyBytes()
          && ChannelBytes.crc32c(channel, state.historyBytes()) == state.historyChecksum();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Keeps a state, and of those before it the last one.
   *
   * @throws BadInputException if the disk is full; those before it are still there
   */
  void write(TrainingState state, Collection<Tensor> tensors) {
    Path file = file(state.iteration());
    CheckpointFile.write(file, state, tensors);
    Path before = last;
    last = file;
    files().stream().filter(old -> !old.equals(file) && !old.equals(before)).forEach(this::delete);
  }

  /** Checkpoints by name, newest first. */
  private List<Path> files() {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparingLong(CheckpointFolder::number).reversed())
          .toList();
    } catch (IOException e) {
      throw new BadInputException(
          folder + " cannot be read: " + e + ".", "Check its permissions, or delete it.", e);
    }
  }

  private void removeTemporaries() {
    try {
      AtomicFile.removeTemporaries(folder);
    } catch (IOException e) {
      throw new BadInputException(
          folder + " holds temporary files that cannot be deleted: " + e + ".",
          "Check its permissions, or delete it.",
          e);
    }
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - ENDING.length()));
  }

  private void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new BadInputException(
          file + " cannot be deleted: " + e + ".", "Check its permissions, or delete it.", e);
    }
  }
}
