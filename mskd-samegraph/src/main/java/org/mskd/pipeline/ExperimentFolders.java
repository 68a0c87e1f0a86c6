package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.Set;

/**
 * Where everything lies in the output directory.
 *
 * @param root {@code target/mskd}
 */
record ExperimentFolders(Path root) {
  /** What is written directly in the output directory. */
  private static final Set<String> RESERVED =
      Set.of(
          "prepared",
          "surveys",
          "stores",
          "teachers",
          "methods",
          "predictions",
          "evaluation",
          "check",
          "checkpoints",
          "kept",
          "logs",
          "stages");

  /** Whether stages write below a folder of this name in the output directory. */
  static boolean isReserved(String name) {
    return RESERVED.contains(name) || name.startsWith(".");
  }

  /** Folder of the slice stores. */
  Path prepared() {
    return root.resolve("prepared");
  }

  /** Folder of one prepared set. */
  Path prepared(String set) {
    return prepared().resolve(set);
  }

  /** What the teachers see in an unlabelled source. */
  Path survey(String source) {
    return root.resolve("surveys").resolve(source);
  }

  /** What the teachers say of the students' slices. */
  Path store(String kind) {
    return root.resolve("stores").resolve(kind);
  }

  static Path surveyIn(Path folder) {
    return folder.resolve("survey.json");
  }

  Path teacher(String organ) {
    return root.resolve("teachers").resolve(organ);
  }

  Path method(String name) {
    return root.resolve("methods").resolve(name);
  }

  static Path modelIn(Path folder) {
    return folder.resolve("model.mskd");
  }

  static Path historyIn(Path folder) {
    return folder.resolve("history.jsonl");
  }

  /** What libraries print, and the histories of trainings that failed. */
  Path logs() {
    return root.resolve("logs");
  }

  Path evaluation() {
    return root.resolve("evaluation");
  }

  Path predictions() {
    return root.resolve("predictions");
  }
}
