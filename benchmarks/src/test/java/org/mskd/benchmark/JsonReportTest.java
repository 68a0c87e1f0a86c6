package org.mskd.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mskd.benchmark.measure.Results;

class JsonReportTest {
  @Test
  void ratiosHaveTheDocumentedNames() {
    Report report = new Report();
    for (Goal goal : Goal.values()) {
      report.judge(goal, "work", "1 ms", "2 ms", 0.5);
    }
    JsonNode ratios = JsonReport.of(report).get("ratios");
    List<String> names = new ArrayList<>();
    ratios.fieldNames().forEachRemaining(names::add);
    assertEquals(
        new TreeSet<>(
            List.of(
                "supervisedStep256",
                "supervisedStep512",
                "mskdStepK4",
                "mskdGrowthK1ToK8",
                "inference",
                "residentMemory",
                "lossShare")),
        new TreeSet<>(names));
  }

  @Test
  void theWorstOfSeveralLinesCounts() {
    Report report = new Report();
    report.judge(Goal.MSKD_K4, "128", "", "", 0.3);
    report.judge(Goal.MSKD_K4, "256", "", "", 0.4);
    report.judge(Goal.MSKD_K4, "512", "", "", 0.2);
    assertEquals(0.4, JsonReport.of(report).get("ratios").get("mskdStepK4").doubleValue());
  }

  @Test
  void ratiosWithoutAPeerAreLeftOutButShown() {
    Report report = new Report();
    report.show("inference", "1 ms", "absent", Double.NaN);
    report.note("libtorch is absent: no natives");
    assertTrue(JsonReport.of(report).get("ratios").isEmpty());
    assertTrue(Table.of(report).contains("absent"));
    assertTrue(Table.of(report).contains("no natives"));
  }

  @Test
  void figuresAndEnvironmentAreListedByName() {
    Report report = new Report();
    Results results = new Results();
    results.put("step.medianMs", 2.5);
    results.put("variant", "contiguous");
    report.add("supervised256.libtorch", results);
    report.environment("threads", 2);
    JsonNode json = JsonReport.of(report);
    JsonNode work = json.get("absolute").get("supervised256.libtorch");
    assertEquals(2.5, work.get("step.medianMs").doubleValue());
    assertEquals("contiguous", work.get("variant").textValue());
    assertEquals("2", json.get("environment").get("threads").textValue());
  }

  @Test
  void aLineShowsTheGoalThatItMeets() {
    Report report = new Report();
    report.judge(Goal.INFERENCE, "work", "", "", 0.8);
    report.judge(Goal.INFERENCE, "work", "", "", 1.0);
    report.judge(Goal.INFERENCE, "work", "", "", 1.01);
    List<String> verdicts =
        Table.of(report)
            .lines()
            .filter(line -> line.startsWith("work  ") && !line.contains("must  "))
            .map(line -> line.substring(line.lastIndexOf(' ') + 1))
            .toList();
    assertEquals(List.of("aim", "must", "MISSED"), verdicts);
  }
}
