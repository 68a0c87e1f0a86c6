package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Phantoms;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;

/** Builds with separate output directories that draw phantoms into one folder at the same time. */
@Timeout(120)
class SharedPhantomsTest {
  @TempDir Path root;

  private Process draw(int build) throws Exception {
    Phantoms phantoms = new Phantoms(root.resolve("drawn"), List.of("liver"), 12, 1, 64, 8, 1);
    WorkerRequest request =
        WorkerRequest.of(Goal.MAKE_PHANTOMS, root.resolve("out-" + build)).withPhantoms(phantoms);
    return new WorkerProcesses(root).start(request, "run-" + build);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void eachEndsWithAllOfThem() throws Exception {
    List<Process> builds = new ArrayList<>();
    for (int build = 0; build < 3; build++) {
      builds.add(draw(build));
    }
    for (int build = 0; build < 3; build++) {
      Path log = new WorkerProcesses(root).log("run-" + build);
      assertEquals(ExitCode.DONE, builds.get(build).waitFor(), () -> read(log));
    }
    try (Stream<Path> files = Files.walk(root.resolve("drawn"))) {
      Set<String> names = new TreeSet<>();
      files.filter(Files::isRegularFile).forEach(file -> names.add(file.getFileName().toString()));
      assertTrue(names.remove(".phantoms.lock"));
      assertTrue(names.remove("phantoms.json"));
      assertEquals(13, names.size(), names.toString());
    }
  }
}
