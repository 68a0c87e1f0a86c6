package org.mskd.pipeline.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.PreparedSubject;
import org.mskd.dataset.SliceStore;
import org.mskd.experiment.Experiment;
import org.mskd.fingerprint.ScanFingerprint;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.report.content.DataSetFacts;

/** What the prepared data sets look like, from the fingerprints of their scans. */
final class CollectedData {
  private final Experiment experiment;
  private final ExperimentFolders folders;

  CollectedData(Experiment experiment, ExperimentFolders folders) {
    this.experiment = experiment;
    this.folders = folders;
  }

  /** The data sets of all trainings; one that no method uses is not prepared, and left out. */
  List<DataSetFacts> training() {
    List<DataSetFacts> sets = new ArrayList<>();
    experiment.datasets().forEach(source -> add(sets, source.organ(), List.of(source.organ())));
    experiment.multiOrgan().forEach(source -> add(sets, source.name(), source.organs()));
    experiment.unlabelled().forEach(source -> add(sets, source.name(), List.of()));
    return sets;
  }

  private void add(List<DataSetFacts> sets, String name, List<String> organs) {
    Path folder = folders.prepared(name);
    if (Files.isDirectory(folder)) {
      sets.add(new DataSetFacts(name, organs, PreparedSet.read(folder).fingerprints().scans()));
    }
  }

  /** The test scans by case. */
  Map<String, ScanFingerprint> test() {
    Map<String, ScanFingerprint> scans = new TreeMap<>();
    Path folder = folders.prepared(PreparedSet.TEST);
    if (experiment.testSet().isPresent() && Files.isDirectory(folder)) {
      for (Path store : PreparedSet.read(folder).stores()) {
        PreparedSubject subject = SliceStore.subject(store);
        subject.fingerprint().ifPresent(scan -> scans.put(subject.id(), scan));
      }
    }
    return scans;
  }
}
