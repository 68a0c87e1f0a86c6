package org.mskd.dataset;

import java.util.List;
import java.util.Optional;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.LabelReading;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.TestSet;

/**
 * What the labels of a data set hold.
 *
 * @param reader of its images and labels; empty for images without labels
 * @param reading where their voxels lie, and values besides organs
 * @param organs the organs of classes 1, 2, ...
 * @param required the organs that some label has to show
 */
public record SetContent(
    Optional<SubjectReader> reader,
    LabelReading reading,
    List<String> organs,
    List<String> required) {
  public SetContent {
    organs = List.copyOf(organs);
    required = List.copyOf(required);
  }

  /** Of a single-organ set. */
  public static SetContent of(DatasetSource source) {
    List<String> organ = List.of(source.organ());
    return new SetContent(Optional.of(SubjectReader.of(source)), source.reading(), organ, organ);
  }

  /** Of a set that annotates several organs. */
  public static SetContent of(MultiOrganSource source) {
    return new SetContent(
        Optional.of(SubjectReader.of(source)), source.reading(), source.organs(), source.organs());
  }

  /**
   * Of the test set.
   *
   * @param organs in the order of the student's channels
   */
  public static SetContent of(TestSet testSet, List<String> organs) {
    return new SetContent(
        Optional.of(SubjectReader.of(testSet, organs)),
        testSet.reading(),
        organs,
        testSet.labels().stream().map(OrganLabel::organ).toList());
  }

  /** Of images without labels. */
  public static SetContent ofImages() {
    return new SetContent(Optional.empty(), LabelReading.DEFAULT, List.of(), List.of());
  }

  /** Reads a subject; errors as of {@link SubjectReader#read} or {@link SubjectReader#image}. */
  Scan read(Subject subject) {
    return reader.isPresent() ? reader.get().read(subject) : SubjectReader.image(subject);
  }
}
