package org.mskd.pipeline.stages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mskd.dataset.DataFindings;
import org.mskd.dataset.DataTable;
import org.mskd.dataset.ExaminedScan;
import org.mskd.dataset.ExaminedSet;
import org.mskd.dataset.SetContent;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.finding.Finding;
import org.mskd.finding.FindingsText;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;

/**
 * Joins what was read of all data sets: a table and the findings in {@code check-data/report.txt},
 * and the fingerprints in {@code check-data/fingerprint.json}.
 */
public final class CheckDataStage implements Stage {
  private static final String ID = "check-data";

  /** Version of {@code fingerprint.json}. */
  private static final int SCHEMA = 1;

  private final StageContext context;
  private final List<CheckSetStage> sets;

  public CheckDataStage(StageContext context, List<CheckSetStage> sets) {
    this.context = context;
    this.sets = List.copyOf(sets);
  }

  @Override
  public String name() {
    return "compare data sets";
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int steps() {
    return sets.size();
  }

  @Override
  public StageSpec spec() {
    StageSpec spec =
        context
            .spec(ID, StageKind.CHECK_DATA, getClass())
            .with("sliceSize", Integer.toString(sliceSize()))
            .with("trained", trained().toString());
    for (CheckSetStage set : sets) {
      SetContent content = set.preparation().content();
      spec =
          spec.withOutput("examined." + set.set(), set.id())
              .with("required." + set.set(), content.required().toString())
              .with("folders." + set.set(), set.preparation().folders().contents());
    }
    return spec;
  }

  private int sliceSize() {
    return context.experiment().preprocessing().sliceSize();
  }

  private List<String> trained() {
    return UsedMultiOrganSets.sources(context.experiment());
  }

  @Override
  public List<Path> outputs() {
    return List.of(context.folders().checkData());
  }

  @Override
  public void run(StageWork work) {
    List<ExaminedSet> examined = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    DataTable table = new DataTable();
    for (CheckSetStage set : sets) {
      ExaminedSet read = read(context.folders().examined(set.set()));
      SetContent content = set.preparation().content();
      examined.add(read);
      table.add(read, content.required());
      findings.addAll(set.preparation().folders().findings());
      findings.addAll(DataFindings.of(read, content.required(), sliceSize()));
      work.progress().step(examined.size());
    }
    findings.addAll(DataFindings.between(examined, trained()));
    int scans = examined.stream().mapToInt(set -> set.scans().size()).sum();
    List<String> lines = new ArrayList<>(table.lines());
    lines.addAll(FindingsText.lines(findings, examined.size(), scans));
    ExperimentFolders made = new ExperimentFolders(work.folder());
    AtomicFile.writeText(made.dataReport(), String.join("\n", lines) + "\n");
    AtomicFile.writeText(
        made.fingerprintFile(), ExperimentJson.write(json(examined, findings)) + "\n");
  }

  private static ExaminedSet read(Path file) {
    try {
      return ExperimentJson.read(Files.readString(file), ExaminedSet.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> json(List<ExaminedSet> sets, List<Finding> findings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("sets", sets.stream().map(CheckDataStage::json).toList());
    json.put("findings", findings);
    return json;
  }

  private static Map<String, Object> json(ExaminedSet set) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", set.name());
    json.put("scans", set.scans().stream().map(CheckDataStage::json).toList());
    return json;
  }

  /** Without the signatures, which take most of its length and mean nothing to a reader. */
  private static Map<String, Object> json(ExaminedScan scan) {
    Map<String, Object> json = new LinkedHashMap<>();
    scan.fingerprint().ifPresent(print -> json.putAll(ExperimentJson.plain(print)));
    json.remove("profile");
    json.remove("thumbnail");
    json.put("id", scan.id());
    json.put("image", scan.image());
    json.put("usable", scan.fingerprint().isPresent());
    return json;
  }
}
