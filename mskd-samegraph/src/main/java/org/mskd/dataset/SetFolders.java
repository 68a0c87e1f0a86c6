package org.mskd.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.finding.Finding;
import org.mskd.finding.SetFolderCheck;

/**
 * The folders of a data set, and what lies there besides its volumes.
 *
 * @param title how messages call the set
 * @param folders the folders of its images and labels
 */
public record SetFolders(String title, List<Path> folders) {
  /** Of a single-organ set. */
  public static SetFolders of(DatasetSource source) {
    return of(source.organ(), source.directory(), "imagesTr", "labelsTr");
  }

  /** Of a set that annotates several organs. */
  public static SetFolders of(MultiOrganSource source) {
    List<Path> folders = new ArrayList<>(source.images());
    folders.add(source.labelFolder());
    return new SetFolders(title(source.name()), folders);
  }

  /** Of images without labels. */
  public static SetFolders of(UnlabelledSource source) {
    return new SetFolders(
        title(source.name()), List.of(DatasetFolder.imagesIn(source.directory())));
  }

  /** Of the test set. */
  public static SetFolders of(TestSet testSet) {
    return of(PreparedSet.TEST, testSet.directory(), "imagesTs", "labelsTs");
  }

  /** Of the scans that are to be predicted; without a folder if the input is one file. */
  public static SetFolders ofInput(Path input) {
    return new SetFolders(
        "<input>", Files.isDirectory(input) ? List.of(PredictionInput.images(input)) : List.of());
  }

  private static SetFolders of(String name, Path directory, String images, String labels) {
    return new SetFolders(
        title(name), List.of(directory.resolve(images), directory.resolve(labels)));
  }

  /** How messages call a prepared set. */
  static String title(String name) {
    return name.equals(PreparedSet.TEST) ? "the test set" : "data set " + name;
  }

  /** All that {@link #findings} depend on. */
  public String contents() {
    return "not read " + passedOver() + ", channels " + channels();
  }

  /** What to know about the folders. */
  public List<Finding> findings() {
    return SetFolderCheck.of(title, passedOver(), channels());
  }

  /** The files and folders that are not read, each in its folder, sorted; without harmless ones. */
  private List<String> passedOver() {
    TreeSet<String> names = new TreeSet<>();
    for (Path folder : folders) {
      names.addAll(PassedOverFiles.in(folder));
    }
    return List.copyOf(names);
  }

  /** The channels, or modalities, that a {@code dataset.json} names. */
  private List<String> channels() {
    TreeSet<String> channels = new TreeSet<>();
    for (Path folder : folders) {
      channels.addAll(channelsOf(folder.resolve("dataset.json")));
      if (folder.getFileName().toString().matches("(images|labels)T[rs]")) {
        channels.addAll(channelsOf(folder.resolveSibling("dataset.json")));
      }
    }
    return List.copyOf(channels);
  }

  /** In both layouts {@code {"0": "CT"}}: {@code channel_names} of nnU-Net, else modality. */
  private static List<String> channelsOf(Path file) {
    Map<?, ?> json = read(file).orElse(Map.of());
    Object named = json.get(json.containsKey("channel_names") ? "channel_names" : "modality");
    return named instanceof Map<?, ?> channels
        ? channels.values().stream().map(String::valueOf).toList()
        : List.of();
  }

  private static Optional<Map<?, ?>> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ExperimentJson.read(Files.readString(file), Map.class));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // nothing else is read from it, so a damaged one does no harm
    }
  }
}
