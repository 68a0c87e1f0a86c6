package org.mskd.benchmark.ours;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;
import org.mskd.benchmark.measure.Timing;
import org.mskd.dataset.Preparer;
import org.mskd.experiment.DatasetSource;

/**
 * From a compressed scan and its label to a slice store, compared with decompression alone of the
 * same two files.
 */
final class PrepareWork {
  private static final String SCAN = "scan.nii.gz";

  private PrepareWork() {}

  static void run(Arguments parameters, Results results) {
    int side = parameters.integer("size");
    int slices = parameters.integer("slices");
    Path folder = parameters.path("folder");
    Path image = folder.resolve("imagesTr").resolve(SCAN);
    Path label = folder.resolve("labelsTr").resolve(SCAN);
    SyntheticScan.write(image, label, side, slices);
    double mebibytes = (image.toFile().length() + label.toFile().length()) / (double) (1 << 20);
    DatasetSource source = new DatasetSource("organ", folder, DatasetSource.DEFAULT_LABEL_VALUES);
    Preparer preparer =
        new Preparer(Models.preprocessing(side), folder.resolve("out"), (set, done, of) -> {});
    int steps = parameters.integer("steps");
    Timing prepare = Timing.of(1, steps, () -> preparer.training(source));
    Timing java = Timing.of(1, steps, () -> List.of(image, label).forEach(PrepareWork::inflate));
    results.put("inputMiB", mebibytes);
    results.put("prepare.mibASecond", 1e3 * mebibytes / prepare.median());
    results.put("javaGunzip.mibASecond", 1e3 * mebibytes / java.median());
    try {
      Timing gzip = Timing.of(1, steps, () -> gzip(image, label));
      results.put("gzip.mibASecond", 1e3 * mebibytes / gzip.median());
    } catch (UncheckedIOException e) {
      results.put("gzip", "not on this machine");
    }
  }

  private static void inflate(Path file) {
    byte[] block = new byte[1 << 16];
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file), block.length)) {
      while (in.read(block) >= 0) {
        // The output is discarded: only the time is measured.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void gzip(Path... files) {
    for (Path file : files) {
      try {
        int code =
            new ProcessBuilder("gzip", "-dc", file.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
          throw new IOException("gzip ended with " + code);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
