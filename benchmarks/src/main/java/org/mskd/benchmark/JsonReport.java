package org.mskd.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code benchmarks.json}: {@code ratios} by {@link Goal#key}, those that could not be measured
 * left out; {@code absolute} figures by work and side, their units in their names; {@code
 * environment}.
 */
final class JsonReport {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonReport() {}

  static void write(Path file, Report report) throws IOException {
    JSON.writeValue(file.toFile(), of(report));
  }

  static ObjectNode of(Report report) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode ratios = root.putObject("ratios");
    report.ratios().forEach((goal, ratio) -> ratios.put(goal.key(), ratio));
    ObjectNode absolute = root.putObject("absolute");
    report
        .absolute()
        .forEach(
            (name, results) -> {
              ObjectNode work = absolute.putObject(name);
              results.numbers().forEach(work::put);
              results.texts().forEach(work::put);
            });
    ObjectNode environment = root.putObject("environment");
    report.environment().forEach(environment::put);
    return root;
  }
}
