package org.mskd.pipeline.stage;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.mskd.dataset.Subject;

/** A file or a result of another stage that a stage reads. Its content is compared by digest. */
public sealed interface Input {
  /** The id of the stage that makes it; empty for files that no stage makes. */
  Optional<String> stage();

  /**
   * Whether a text of a stamp comes from this input.
   *
   * @param name of this input
   * @param key of the text
   */
  default boolean covers(String name, String key) {
    return key.equals(name);
  }

  /**
   * All files that another stage leaves.
   *
   * @param stageId its id
   */
  record Output(String stageId) implements Input {
    @Override
    public Optional<String> stage() {
      return Optional.of(stageId);
    }
  }

  /**
   * One file that another stage may leave.
   *
   * @param stageId its id
   * @param path of the file, relative to the output directory, with {@code /}
   * @param present what precedes its digest in the text of this input
   * @param absent the text of this input where the stage leaves no such file
   */
  record OutputFile(String stageId, String path, String present, String absent) implements Input {
    @Override
    public Optional<String> stage() {
      return Optional.of(stageId);
    }
  }

  /**
   * A file of the user's.
   *
   * @param path where it lies, which does not count
   */
  record UserFile(Path path) implements Input {
    @Override
    public Optional<String> stage() {
      return Optional.empty();
    }
  }

  /**
   * The images and labels of subjects, each compared by name and content.
   *
   * @param subjects lists them; called only when the stage that makes them is done
   * @param stage the id of the stage that makes them; empty for the user's
   */
  record Volumes(Supplier<List<Subject>> subjects, Optional<String> stage) implements Input {
    public Volumes {
      Objects.requireNonNull(subjects, "subjects");
    }

    @Override
    public boolean covers(String name, String key) {
      return key.startsWith(FileDigests.IMAGE) || key.startsWith(FileDigests.LABEL);
    }
  }

  /**
   * A property of the process that computes, which is known only where the tensor library is
   * loaded. Elsewhere that of the stage's last run is taken as given.
   *
   * @param value empty where it is not known
   */
  record Environment(Supplier<Optional<String>> value) implements Input {
    public Environment {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public Optional<String> stage() {
      return Optional.empty();
    }
  }
}
