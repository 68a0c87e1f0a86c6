package org.mskd.maven.setup;

import java.util.List;
import java.util.stream.Collectors;
import org.mskd.discovery.FoundData;
import org.mskd.discovery.FoundLabels;
import org.mskd.discovery.FoundOrgan;
import org.mskd.discovery.FoundTest;
import org.mskd.discovery.OrganValues;
import org.mskd.discovery.Remark;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Network;
import org.mskd.experiment.Preprocessing;

/** The elements of {@code <configuration>} for the data sets that were found. */
final class ConfigurationText {
  private final FoundData found;
  private final PomPath paths;
  private final XmlText xml;

  ConfigurationText(FoundData found, PomPath paths, XmlText xml) {
    this.found = found;
    this.paths = paths;
    this.xml = xml;
  }

  void write() {
    xml.comment(
        "Seed of all random choices: another seed gives other initial weights and batches.");
    xml.value("seed", Long.toString(Experiment.DEFAULT_SEED));
    xml.line("");
    remarks(found.remarks());
    xml.element("datasets", this::datasets);
    if (!found.unlabelled().isEmpty()) {
      xml.line("");
      xml.comment(
          "CT volumes without labels, on which only the multi-organ network (student) is trained.");
      xml.element(
          "unlabelled",
          () ->
              found
                  .unlabelled()
                  .forEach(
                      set ->
                          xml.values(
                              "images",
                              "name",
                              set.name(),
                              "directory",
                              paths.of(set.directory()))));
    }
    xml.line("");
    found.testSet().ifPresentOrElse(this::testSet, this::noTestSet);
    preprocessing();
    xml.line("");
    xml.comment(
        "All other elements have the settings of the MS-KD paper as their default. Each value is"
            + " also a property, which overrides the POM. A short trial: mvn mskd:run"
            + " -Dmskd.epochs=1 -Dmskd.iterationsPerEpoch=50 -Dmskd.baseChannels=8. Settings for"
            + " better scores: <preset> fast or accurate, or -Dmskd.preset=accurate");
  }

  private void datasets() {
    if (!found.organs().isEmpty()) {
      xml.comment(
          "Data sets of one organ. <directory> contains imagesTr and labelsTr; <labelValues> are"
              + " the label values that mean the organ. One network (teacher) is trained on each.");
      found.organs().forEach(this::organ);
    }
    if (!found.several().isEmpty()) {
      xml.comment(
          "Data sets of several organs: <labels> give the label value of each. They are for methods"
              + " that learn from such labels, as supervised does, and for teachers of organs"
              + " without a data set of their own.");
      found.several().forEach(this::several);
    }
  }

  private void organ(FoundOrgan set) {
    remarks(set.remarks());
    xml.values(
        "dataset",
        "organ",
        set.organ(),
        "directory",
        paths.of(set.directory()),
        "labelValues",
        joined(set.values()));
  }

  private void several(FoundLabels set) {
    remarks(set.remarks());
    xml.element(
        "dataset",
        () -> {
          xml.value("name", set.name());
          if (set.inOneFolder()) {
            xml.value("directory", paths.of(set.labelFolder().getParent()));
          } else {
            xml.element(
                "imageDirectories",
                () -> set.images().forEach(f -> xml.value("imageDirectory", paths.of(f))));
            xml.value("labelDirectory", paths.of(set.labelFolder()));
          }
          labels(set.organs());
        });
  }

  private void testSet(FoundTest set) {
    xml.comment(
        "Test scans in imagesTs and labelsTs: all networks are scored on them, none is trained on"
            + " them.");
    remarks(set.remarks());
    xml.element(
        "testSet",
        () -> {
          xml.value("directory", paths.of(set.directory()));
          labels(set.organs());
          if (!set.background().isEmpty()) {
            xml.value("backgroundValues", joined(set.background()));
          }
          if (!set.ignored().isEmpty()) {
            xml.value("ignoreValues", joined(set.ignored()));
          }
        });
  }

  private void noTestSet() {
    xml.comment(
        "No test set was found, a folder with imagesTs and labelsTs: networks are trained, but not"
            + " scored. It is declared as testSet, with directory and labels.");
  }

  private void labels(List<OrganValues> organs) {
    xml.element(
        "labels",
        () ->
            organs.forEach(
                organ ->
                    xml.values("label", "organ", organ.organ(), "value", joined(organ.values()))));
  }

  /** A slice size for the largest scan, where it is below the default. */
  private void preprocessing() {
    int multiple = 1 << Network.DEFAULT.depth();
    int side = Math.max(2, (found.longestSide() + multiple - 1) / multiple) * multiple;
    int otherwise = Preprocessing.DEFAULT.sliceSize();
    if (found.longestSide() > 0 && side < otherwise) {
      xml.line("");
      xml.comment(
          ("Height and width of the slices that networks are trained on, pixels; a multiple of %d."
                  + " The longest side of a slice in these scans is %d; the default is %d.")
              .formatted(multiple, found.longestSide(), otherwise));
      xml.element("preprocessing", () -> xml.value("sliceSize", Integer.toString(side)));
    }
  }

  private void remarks(List<Remark> remarks) {
    remarks.forEach(remark -> xml.comment((remark.toCheck() ? "CHECK: " : "") + remark.text()));
  }

  private static String joined(List<Integer> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}
