package org.mskd.pipeline.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Method;
import org.mskd.experiment.Prediction;
import org.mskd.model.ModelArchive;
import org.mskd.pipeline.TinyExperiment;
import org.mskd.pipeline.WorkerProcesses;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;

/** Students whose network is not the plain U-Net: trained, evaluated, and used by predict. */
@Timeout(300)
class TaskStudentsRunTest {
  private static final List<String> ORGANS = List.of("liver", "spleen");
  private static final List<Method> METHODS =
      List.of(
          new Method("conditional", "conditional", new TreeMap<>()),
          new Method("dodnet", "dodnet", new TreeMap<>()));

  @TempDir Path root;

  private void run(WorkerRequest request, String name) throws Exception {
    WorkerProcesses workers = new WorkerProcesses(root);
    Process worker = workers.start(request, name);
    assertEquals(ExitCode.DONE, worker.waitFor(), Files.readString(workers.log(name)));
  }

  private static WorkerRequest predict(Path model, Path scans, Path output) {
    return WorkerRequest.of(Goal.PREDICT, output)
        .withBackend("test", new TreeMap<>())
        .withPrediction(new Prediction(model, scans, List.of(), true, 2));
  }

  private static List<Path> volumes(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".nii.gz")).sorted().toList();
    }
  }

  @Test
  void evaluateAndPredictGiveTheSameVolumes() throws Exception {
    Path output = root.resolve("out");
    run(new TinyExperiment(root, ORGANS, METHODS).request(Goal.RUN, output, 1), "run");
    ExperimentFolders folders = new ExperimentFolders(output);
    for (Method method : METHODS) {
      String id = method.name();
      Path model = ExperimentFolders.modelIn(folders.method(id));
      assertFalse(ModelArchive.readCard(model).architecture().name().equals("unet-2d"), id);
      String scores = Files.readString(ExperimentFolders.scoresIn(folders.evaluation(id)));
      assertTrue(scores.contains("\"passes\": " + (id.equals("dodnet") ? 1 : 2)), scores);
      Path predicted = root.resolve("predicted-" + id);
      run(predict(model, root.resolve("drawn/multi-organ-test/imagesTs"), predicted), id);
      List<Path> evaluated = volumes(folders.predictions().resolve(id));
      assertEquals(1, evaluated.size(), evaluated.toString());
      for (Path volume : evaluated) {
        assertEquals(
            -1, Files.mismatch(volume, predicted.resolve(volume.getFileName())), id + volume);
      }
    }
  }
}
