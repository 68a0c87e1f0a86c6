package org.mskd.dataset;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.mskd.experiment.LabelGrid;
import org.mskd.experiment.Preprocessing;
import org.mskd.finding.Finding;
import org.mskd.fingerprint.FingerprintMaker;
import org.mskd.fingerprint.ScanFingerprint;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Orientation;

/**
 * Reads every subject of a set as a preparation does, but writes no slices and does not stop at an
 * error. Texts name files in their folders, without a path.
 */
public final class SetExamination {
  private final SetContent content;
  private final Preprocessor preprocessor;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param content what the set's labels hold
   */
  public SetExamination(SetContent content, Preprocessing preprocessing) {
    this.content = content;
    this.preprocessor = new Preprocessor(preprocessing);
  }

  /**
   * Reads all subjects.
   *
   * @param name of the set
   * @param done receives the number of subjects that were read
   */
  public ExaminedSet examine(String name, List<Subject> subjects, IntConsumer done) {
    List<ExaminedScan> scans = new ArrayList<>();
    List<Subject> usable = new ArrayList<>();
    for (Subject subject : subjects) {
      try {
        scans.add(examine(subject));
        usable.add(subject);
      } catch (BadInputException e) {
        scans.add(new ExaminedScan(subject.id(), subject.imageName(), Optional.empty(), ""));
        findings.add(error(subject, e));
      }
      done.accept(scans.size());
    }
    LabelGrid grid = content.reading().grid();
    HeaderWarnings.of(usable, grid, SetExamination::inFolder)
        .forEach(text -> findings.add(Finding.warning(Finding.Kind.HEADER, List.of(), text)));
    return new ExaminedSet(name, scans, findings);
  }

  private ExaminedScan examine(Subject subject) {
    Scan scan = content.read(subject);
    double pixelMm = preprocessor.geometry(Orientation.canonical(scan.image().grid())).pixelMm();
    ScanFingerprint fingerprint =
        FingerprintMaker.of(
            subject.imageName(), scan.image(), scan.classes(), content.organs(), pixelMm);
    return new ExaminedScan(
        subject.id(), subject.imageName(), Optional.of(fingerprint), VoxelDigest.of(scan.image()));
  }

  private static Finding error(Subject subject, BadInputException e) {
    String text = e.problem() + " " + e.remedy();
    List<Path> files = new ArrayList<>(List.of(subject.image()));
    subject.label().ifPresent(files::add);
    for (Path file : files) {
      text = text.replace(file.toString(), inFolder(file));
      text = text.replace(file.getParent() + File.separator, file.getParent().getFileName() + "/");
    }
    return Finding.error(
        Finding.Kind.UNUSABLE, files.stream().map(SetExamination::inFolder).toList(), text);
  }

  private static String inFolder(Path file) {
    return file.getParent().getFileName() + "/" + file.getFileName();
  }
}
