package org.mskd.pipeline.stages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.PreparedSubject;
import org.mskd.dataset.Scan;
import org.mskd.dataset.Subject;
import org.mskd.dataset.SubjectReader;
import org.mskd.experiment.Experiment;
import org.mskd.problem.BadInputException;
import org.mskd.teacher.ScanReader;

/**
 * Reads the scans of an experiment's sources again, for teachers that make slices of their own. The
 * last two are kept, since a batch may begin in one and end in the next.
 */
final class SourceScans implements ScanReader {
  private static final int KEPT = 2;

  private final Experiment experiment;

  /** The last scans, by source and subject; the eldest is left out. */
  private final Map<List<String>, Scan> kept = new LinkedHashMap<>();

  SourceScans(Experiment experiment) {
    this.experiment = experiment;
  }

  @Override
  public Scan read(String source, PreparedSubject subject) {
    List<String> key = List.of(source, subject.id());
    Scan known = kept.get(key);
    if (known != null) {
      return known;
    }
    if (kept.size() == KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    Scan scan = SubjectReader.image(subject(source, subject.id()));
    if (!scan.voxelDigest().equals(subject.voxelDigest())) {
      throw changed(scan.subject().image() + " has changed since its slices were prepared.");
    }
    kept.put(key, scan);
    return scan;
  }

  private Subject subject(String source, String id) {
    return subjects(source)
        .filter(subject -> subject.id().equals(id))
        .findFirst()
        .orElseThrow(() -> changed("Scan " + id + " of " + source + " is gone."));
  }

  private Stream<Subject> subjects(String source) {
    Stream<List<Subject>> single =
        experiment.datasets().stream()
            .filter(set -> set.organ().equals(source))
            .map(set -> DatasetFolder.training(set.directory()));
    Stream<List<Subject>> several =
        experiment.multiOrgan().stream()
            .filter(set -> set.name().equals(source))
            .map(set -> DatasetFolder.apart(set.images(), set.labelFolder()));
    Stream<List<Subject>> unlabelled =
        experiment.unlabelled().stream()
            .filter(images -> images.name().equals(source))
            .map(images -> DatasetFolder.images(images.directory()));
    return Stream.of(single, several, unlabelled).flatMap(some -> some).flatMap(List::stream);
  }

  private static BadInputException changed(String problem) {
    return new BadInputException(problem, "Run the same goal again, which prepares it again.");
  }
}
