package org.mskd.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.mskd.dataset.phantom.PhantomMaker;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentBuilder;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TestSet;
import org.mskd.method.MskdMethod;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.volume.NiftiReader;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Orientation;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/** Data sets in a folder, whose files a test changes, and goals that need no tensors on them. */
final class DataSets {
  private final Path data;
  private final Path output;
  private final List<String> organs;
  int sliceSize = 64;

  DataSets(Path data, Path output, List<String> organs) {
    this.data = data;
    this.output = output;
    this.organs = organs;
  }

  /** Draws phantoms of 64 x 64 x 16 voxels: 4 of each organ, 2 of the test set. */
  static void draw(Path folder, List<String> organs) {
    PhantomMaker.make(new Phantoms(folder, organs, 4, 2, 64, 16, 2021), (id, done, of) -> {});
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  Path at(String path) {
    return data.resolve(path);
  }

  /** The images of a folder, in canonical order, changed and stored again. */
  void changeAll(String folder, VoxelType type, UnaryOperator<Volume> change) {
    try (Stream<Path> files = Files.list(at(folder))) {
      files.sorted().toList().forEach(file -> change(file, file, type, change));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One volume, in canonical order, changed and stored under the same or another name. */
  void change(Path from, Path to, VoxelType type, UnaryOperator<Volume> change) {
    NiftiWriter.write(to, change.apply(Orientation.toCanonical(NiftiReader.read(from))), type);
  }

  private Experiment experiment() {
    List<OrganLabel> labels = new ArrayList<>();
    organs.forEach(organ -> labels.add(new OrganLabel(organ, labels.size() + 1)));
    return new ExperimentBuilder()
        .seed(1)
        .datasets(organs.stream().map(o -> new DatasetSource(o, at(o), List.of(1))).toList())
        .multiOrgan(
            List.of(
                new MultiOrganSource(
                    "all",
                    organs.stream().map(organ -> at(organ).resolve("imagesTr")).toList(),
                    at("multi-organ-train/labelsTr"),
                    labels)))
        .testSet(Optional.of(new TestSet(at("multi-organ-test"), labels)))
        .preprocessing(new Preprocessing(sliceSize, -125, 275, List.of()))
        .methods(List.of(MskdMethod.student(Distillation.DEFAULT)))
        .build();
  }

  WorkerRequest request(Goal goal) {
    return WorkerRequest.of(goal, output).withExperiment(experiment());
  }

  List<Event> run(Goal goal) throws IOException {
    return StageRuns.run(request(goal));
  }

  /** The warnings of {@code mskd:prepare}. */
  List<String> warnings() throws IOException {
    return run(Goal.PREPARE).stream()
        .filter(Event.Warning.class::isInstance)
        .map(event -> ((Event.Warning) event).text())
        .toList();
  }

  /** The report of {@code mskd:check-data}. */
  List<String> report() throws IOException {
    run(Goal.CHECK_DATA);
    return Files.readAllLines(output.resolve("check-data/report.txt"));
  }
}
