package org.mskd.pipeline;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mskd.TestJvm;
import org.mskd.architecture.UNet2d;
import org.mskd.dataset.phantom.PhantomMaker;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentBuilder;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Method;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.Training;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.experiment.Validation;
import org.mskd.file.Sha256;
import org.mskd.method.MskdMethod;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;
import org.mskd.model.WeightShapes;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.worker.Worker;

/**
 * A small experiment that has a stage of every kind: phantoms, a data set, an unlabelled source, a
 * trained and a given teacher, a foreground index, stored outputs, a student, an evaluation. Each
 * has a folder of its own, so that two of them share nothing.
 */
public record PhantomExperiment(
    Path root,
    Training training,
    TeacherOutputs teacherOutputs,
    RunOptions options,
    Network network) {
  private static final Preprocessing SLICES = new Preprocessing(16, -125, 275, List.of());

  /** That of an experiment which names none. */
  public static final Network NETWORK = new Network(4, 2, Normalization.INSTANCE);

  /** As above, with the unlabelled images and the given teacher made. */
  public PhantomExperiment {
    PhantomMaker.make(
        new Phantoms(root.resolve("more"), List.of("liver"), 2, 1, 48, 10, 7), (id, d, of) -> {});
    giveTeacher(root.resolve("given.mskd"), network);
  }

  /** An experiment with a small network that reads single slices. */
  public PhantomExperiment(
      Path root, Training training, TeacherOutputs teacherOutputs, RunOptions options) {
    this(root, training, teacherOutputs, options, NETWORK);
  }

  /** Random weights, so that it predicts its organ in about half of the pixels. */
  private static void giveTeacher(Path file, Network network) {
    SplittableRandom random = new SplittableRandom(1);
    List<Tensor> tensors = new ArrayList<>();
    new WeightShapes(UNet2d.of(network, 2))
        .byName()
        .forEach(
            (name, shape) -> {
              float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-0.5, 0.5);
              }
              tensors.add(new Tensor(name, shape, values));
            });
    ModelCard card =
        new ModelCard(
            ModelKind.TEACHER,
            network,
            List.of("spleen"),
            SLICES,
            SLICES.sliceSize(),
            1,
            new TreeMap<>(),
            List.of());
    ModelArchive.write(file, card, tensors);
  }

  public Path output() {
    return root.resolve("mskd");
  }

  public WorkerRequest request(Goal goal) {
    return request(goal, Distillation.DEFAULT);
  }

  /** The same with another loss. */
  public WorkerRequest request(Goal goal, Distillation loss) {
    return request(goal, 2, loss);
  }

  /** Other students, of labelled sets of both organs. */
  public WorkerRequest request(Goal goal, List<Method> methods) {
    Path drawn = root.resolve("phantoms");
    List<DatasetSource> sets =
        Stream.of("liver", "spleen")
            .map(organ -> new DatasetSource(organ, drawn.resolve(organ), List.of(1)))
            .toList();
    Experiment experiment =
        builder(drawn)
            .datasets(sets)
            .unlabelled(List.of(new UnlabelledSource("more", root.resolve("more/liver"))))
            .methods(methods)
            .build();
    return request(goal, 2, experiment);
  }

  /** The same with one of three subjects held out. */
  public static WorkerRequest holdingOut(WorkerRequest request) {
    return request.withExperiment(
        request.experiment().orElseThrow().toBuilder()
            .validation(new Validation(0.3, List.of(), 0, List.of()))
            .build());
  }

  private WorkerRequest request(Goal goal, int threads, Distillation loss) {
    return request(goal, threads, loss, root.resolve("more/liver"));
  }

  /** The same with other threads or another loss, and the scans in a folder {@code loose}. */
  public WorkerRequest requestWithLooseScans(Goal goal, int threads, Distillation loss) {
    return request(goal, threads, loss, root.resolve("loose"));
  }

  private WorkerRequest request(Goal goal, int threads, Distillation loss, Path images) {
    Path drawn = root.resolve("phantoms");
    Experiment experiment =
        builder(drawn)
            .datasets(List.of(new DatasetSource("liver", drawn.resolve("liver"), List.of(1))))
            .unlabelled(List.of(new UnlabelledSource("more", images)))
            .methods(List.of(MskdMethod.student(loss)))
            .build();
    return request(goal, threads, experiment);
  }

  private ExperimentBuilder builder(Path drawn) {
    return new ExperimentBuilder()
        .seed(1)
        .teachers(List.of(new TeacherFile("spleen", root.resolve("given.mskd"))))
        .testSet(
            Optional.of(
                new TestSet(
                    drawn.resolve(PhantomMaker.TEST_SET),
                    List.of(new OrganLabel("liver", 1), new OrganLabel("spleen", 2)))))
        .phantoms(Optional.of(new Phantoms(drawn, List.of("liver", "spleen"), 2, 1, 48, 10, 1)))
        .preprocessing(SLICES)
        .network(network)
        .training(training)
        .teacherOutputs(teacherOutputs);
  }

  private WorkerRequest request(Goal goal, int threads, Experiment experiment) {
    return WorkerRequest.of(goal, output())
        .withExperiment(experiment)
        .withThreads(threads)
        .withBackend("cpu", new TreeMap<>())
        .withOptions(options);
  }

  /** Starts the goal's worker in a JVM of its own. */
  public Process start(Goal goal, String run) throws IOException {
    return start(request(goal), run);
  }

  /** Starts a worker in a JVM of its own. */
  public Process start(WorkerRequest request, String run) throws IOException {
    Path runFolder = WorkerProcesses.runFolder(output(), run);
    Files.writeString(runFolder.resolve("request.json"), ExperimentJson.write(request));
    return new ProcessBuilder(TestJvm.command("512m", Worker.class, runFolder.toString()))
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }

  public Path log() {
    return root.resolve("worker.log");
  }

  /** The events of a run so far; empty before it has begun. */
  public List<Event> events(String run) throws IOException {
    Path ofRun = WorkerProcesses.eventsOf(output(), run);
    Path file = Files.exists(ofRun) ? ofRun : EventLog.fileIn(output());
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = Files.readString(file);
    List<Event> events =
        text.substring(0, text.lastIndexOf('\n') + 1)
            .lines()
            .map(line -> ExperimentJson.read(line, Event.class))
            .toList();
    return events.isEmpty() || !events.get(0).equals(new Event.WorkerStarted(run))
        ? List.of()
        : events;
  }

  /** Digests of all files by path, phantoms included, without files about the run itself. */
  private SortedMap<String, String> digests() throws IOException {
    SortedMap<String, String> digests = new TreeMap<>();
    for (Path folder : List.of(output(), root.resolve("phantoms"))) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String path = root.relativize(file).toString().replace(File.separatorChar, '/');
          if (!path.matches(
              "mskd/(logs/.*|\\.runs/.*|events\\.jsonl|\\.lock|\\.owner\\.json|digests\\.json|.*/timings\\.json"
                  + "|report/index\\.html)")) {
            digests.put(path, digest(path, file).replace(root.toString(), "ROOT"));
          }
        }
      }
    }
    return digests;
  }

  /** Paths of files that the other has not, or not with the same bytes. */
  public List<String> differences(PhantomExperiment other) throws IOException {
    SortedMap<String, String> mine = digests();
    SortedMap<String, String> theirs = other.digests();
    return Stream.concat(mine.keySet().stream(), theirs.keySet().stream())
        .distinct()
        .filter(path -> !Objects.equals(mine.get(path), theirs.get(path)))
        .toList();
  }

  /** Stamps name the phantoms' folder, which is each experiment's own. */
  private static String digest(String path, Path file) throws IOException {
    return path.startsWith("mskd/stages/") ? Files.readString(file) : Sha256.of(file);
  }
}
