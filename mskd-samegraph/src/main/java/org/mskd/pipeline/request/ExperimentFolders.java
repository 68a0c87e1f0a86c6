package org.mskd.pipeline.request;

import java.nio.file.Path;
import java.util.Set;

/**
 * Paths of all files and folders in the output directory.
 *
 * @param root {@code target/mskd}
 * @param replicate the number of the replicate that models and scores belong to, from 1
 * @param fold the fold of a cross-validation that they belong to, from 1; 0 outside of one
 */
public record ExperimentFolders(Path root, int replicate, int fold) {
  /** Names of the folders directly in the output directory. */
  private static final Set<String> RESERVED =
      Set.of(
          "prepared",
          "foreground",
          "organ-sizes",
          "stores",
          "teachers",
          "methods",
          "replicates",
          "folds",
          "split",
          "cross-validation",
          "predictions",
          "evaluation",
          "check",
          "check-data",
          "checkpoints",
          "kept",
          "logs",
          "stages");

  public ExperimentFolders {
    if (replicate < 1 || fold < 0 || (fold > 0 && replicate > 1)) {
      throw new IllegalArgumentException("replicate " + replicate + ", fold " + fold);
    }
  }

  /** The folders of the first replicate, and of what all replicates share. */
  public ExperimentFolders(Path root) {
    this(root, 1, 0);
  }

  /** The same layout in another folder. */
  public ExperimentFolders in(Path other) {
    return new ExperimentFolders(other, replicate, fold);
  }

  /** The folders of another replicate. */
  public ExperimentFolders ofReplicate(int number) {
    return new ExperimentFolders(root, number, 0);
  }

  /** The folders of a fold of a cross-validation. */
  public ExperimentFolders ofFold(int number) {
    return new ExperimentFolders(root, 1, number);
  }

  /** Where models and scores lie: the root, {@code replicates/2} or {@code folds/1}. */
  private Path results() {
    if (fold > 0) {
      return root.resolve("folds").resolve(Integer.toString(fold));
    }
    return replicate == 1 ? root : root.resolve("replicates").resolve(Integer.toString(replicate));
  }

  /** Whether stages write below a folder of this name in the output directory. */
  public static boolean isReserved(String name) {
    return RESERVED.contains(name) || name.startsWith(".");
  }

  /** Folder of the slice stores. */
  public Path prepared() {
    return root.resolve("prepared");
  }

  /** Folder of one prepared set. */
  public Path prepared(String set) {
    return prepared().resolve(set);
  }

  /**
   * The folder of a split of the training subjects.
   *
   * @param use such as {@code folds}
   */
  public Path split(String use) {
    return root.resolve("split").resolve(use);
  }

  public static Path splitIn(Path folder) {
    return folder.resolve("split.json");
  }

  /** The results of a cross-validation: scores over all folds, and the ensembles of its models. */
  public Path crossValidation() {
    return root.resolve("cross-validation");
  }

  public static Path metricsIn(Path folder) {
    return folder.resolve("metrics.json");
  }

  public static Path componentsIn(Path folder) {
    return folder.resolve("components.json");
  }

  public static Path foldsIn(Path folder) {
    return folder.resolve("folds.json");
  }

  /**
   * The ensemble of a model's folds.
   *
   * @param folder of the cross-validation
   * @param model the name of a method
   */
  public static Path ensembleIn(Path folder, String model) {
    return folder.resolve(model + ".mskd");
  }

  /** The foreground index of an unlabelled source. */
  public Path foreground(String source) {
    return results().resolve("foreground").resolve(source);
  }

  /** The sizes of the organs in the data sets that annotate all of them; those of a fold apart. */
  public Path organSizes() {
    return (fold > 0 ? results() : root).resolve("organ-sizes");
  }

  public static Path organSizesIn(Path folder) {
    return folder.resolve("organ-sizes.json");
  }

  /** Stored teacher outputs for the students' slices. */
  public Path store(String kind) {
    return results().resolve("stores").resolve(kind);
  }

  public static Path foregroundIn(Path folder) {
    return folder.resolve("foreground.json");
  }

  public Path teacher(String organ) {
    return results().resolve("teachers").resolve(organ);
  }

  public Path method(String name) {
    return results().resolve("methods").resolve(name);
  }

  public static Path modelIn(Path folder) {
    return folder.resolve("model.mskd");
  }

  public static Path historyIn(Path folder) {
    return folder.resolve("history.jsonl");
  }

  /** Folder of the logs, and of the histories of trainings that failed. */
  public Path logs() {
    return root.resolve("logs");
  }

  public Path evaluation() {
    return results().resolve("evaluation");
  }

  public Path predictions() {
    return results().resolve("predictions");
  }

  /** The scores of one model. */
  public Path evaluation(String model) {
    return evaluation().resolve(model);
  }

  public static Path scoresIn(Path folder) {
    return folder.resolve("scores.json");
  }

  /** The scores of all models. */
  public Path metricsFile() {
    return evaluation().resolve("metrics.json");
  }

  /** The scores of all models as a table: one row per model, case and organ. */
  public Path casesCsv() {
    return evaluation().resolve("cases.csv");
  }

  /** The summaries of all models as a table: one row per model and organ. */
  public Path summaryCsv() {
    return evaluation().resolve("summary.csv");
  }

  /** The folder of {@code mskd:check-data}. */
  public Path checkData() {
    return root.resolve("check-data");
  }

  /** What was read of one data set. */
  public Path examined(String set) {
    return checkData().resolve("sets").resolve(set + ".json");
  }

  /** The table and the findings as text. */
  public Path dataReport() {
    return checkData().resolve("report.txt");
  }

  /** The fingerprints of all scans, and the findings. */
  public Path fingerprintFile() {
    return checkData().resolve("fingerprint.json");
  }

  /** The outcomes of the declared rules, as JUnit XML. */
  public Path rulesReport() {
    return root.resolve("check").resolve("TEST-mskd.check.xml");
  }
}
