package org.mskd.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mskd.experiment.Adam;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentBuilder;
import org.mskd.experiment.Method;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.Training;
import org.mskd.method.MskdMethod;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.request.WorkerRequest;

/**
 * A complete real experiment, from phantoms to scores, in seconds.
 *
 * @param root where all of it lies
 * @param organs of the teachers
 * @param methods of the students
 */
public record TinyExperiment(Path root, List<String> organs, List<Method> methods) {
  private static final Preprocessing SLICES = new Preprocessing(16, -125, 275, List.of());
  private static final Training TRAINING =
      new Training(2, 6, 1, 1e-3, 0.5, 0, Plateau.SOURCE, Adam.PLAIN, 1);

  /** With one student. */
  public TinyExperiment(Path root, List<String> organs) {
    this(root, organs, List.of(MskdMethod.student(Distillation.DEFAULT)));
  }

  private Path drawn() {
    return root.resolve("drawn");
  }

  public WorkerRequest request(Goal goal, Path output, int parallel) {
    Experiment experiment =
        new ExperimentBuilder()
            .seed(1)
            .datasets(
                organs.stream()
                    .map(organ -> new DatasetSource(organ, drawn().resolve(organ), null))
                    .toList())
            .testSet(
                Optional.of(
                    new TestSet(
                        drawn().resolve("multi-organ-test"),
                        IntStream.range(0, organs.size())
                            .mapToObj(i -> new OrganLabel(organs.get(i), i + 1))
                            .toList())))
            .phantoms(Optional.of(new Phantoms(drawn(), organs, 1, 1, 64, 8, 1)))
            .preprocessing(SLICES)
            .network(new Network(4, 2, Normalization.INSTANCE))
            .training(TRAINING)
            .methods(methods)
            .teacherOutputs(TeacherOutputs.defaultFor(TRAINING, SLICES))
            .build();
    return WorkerRequest.of(goal, output)
        .withExperiment(experiment)
        .withBackend("test", new TreeMap<>())
        .withOptions(new RunOptions(250, List.of(), false, parallel, 1));
  }

  /** The digests of results: all files except those with times. */
  public static Map<String, String> results(Path output) throws IOException {
    List<String> folders =
        List.of("prepared", "teachers", "stores", "methods", "evaluation", "predictions");
    try (var files = Files.walk(output)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> folders.contains(output.relativize(file).getName(0).toString()))
          .filter(file -> !file.endsWith("timings.json"))
          .collect(
              Collectors.toMap(
                  file -> output.relativize(file).toString(),
                  org.mskd.file.Sha256::of,
                  (a, b) -> a,
                  TreeMap::new));
    }
  }
}
