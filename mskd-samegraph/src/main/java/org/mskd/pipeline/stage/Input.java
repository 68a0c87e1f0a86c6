package org.mskd.pipeline.stage;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.mskd.dataset.Subject;

/**
 * A file, or a result of another stage, that a stage reads. It is compared by the digest of its
 * content.
 */
public sealed interface Input {
  /** The id of the stage that produces it; empty for files of the user. */
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
   * All files that another stage produces.
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
   * One file that another stage may produce.
   *
   * @param stageId its id
   * @param path of the file, relative to the output directory, with {@code /}
   * @param present text before the digest in the text of this input
   * @param absent text of this input if the stage produces no such file
   */
  record OutputFile(String stageId, String path, String present, String absent) implements Input {
    @Override
    public Optional<String> stage() {
      return Optional.of(stageId);
    }
  }

  /**
   * A file of the user.
   *
   * @param path its path, which is not compared
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
   * @param subjects lists them; called only after the stage that produces them
   * @param stage the id of the stage that produces them; empty for files of the user
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
   * A property of the computing process that is known only if the tensor library is loaded. In
   * other processes the value of the stage's last run is assumed.
   *
   * @param value empty if it is not known
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
