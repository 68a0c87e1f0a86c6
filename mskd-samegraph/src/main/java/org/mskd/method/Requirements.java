package org.mskd.method;

import java.util.Optional;

/**
 * The contents of batches that a training method requires. The pipeline trains teachers, stores
 * their outputs and chooses data sets accordingly; labels that are not required are not read.
 *
 * @param annotations which labels batches carry
 * @param teachers which teacher outputs batches carry; empty where the method needs no teacher
 * @param sizePrior the sizes of the organs that the trainer gets; empty where it needs none
 * @param mixesSets whether the method combines slices of data sets that annotate different organs:
 *     batches must be able to hold two of them
 */
public record Requirements(
    Annotations annotations,
    Optional<TeacherRequirement> teachers,
    Optional<SizePrior> sizePrior,
    boolean mixesSets) {
  /** Which labels batches carry. */
  public enum Annotations {
    /** None. */
    NONE,
    /** Those of the organs that each data set annotates. */
    ANNOTATED,
    /**
     * Those of data sets that annotate every organ of the experiment. The method is trained on
     * these sets alone.
     */
    ALL_ORGANS
  }

  /** Labels of the organs that each data set annotates, and no teacher. */
  public static Requirements annotated() {
    return new Requirements(Annotations.ANNOTATED, Optional.empty(), Optional.empty(), false);
  }

  /** Labels of all organs, and no teacher. */
  public static Requirements allOrgans() {
    return new Requirements(Annotations.ALL_ORGANS, Optional.empty(), Optional.empty(), false);
  }

  /** Teacher outputs, and no label. */
  public static Requirements teachers(TeacherRequirement teachers) {
    return new Requirements(Annotations.NONE, Optional.of(teachers), Optional.empty(), false);
  }

  /** The same with labels of the organs that each data set annotates. */
  public Requirements withAnnotations() {
    return new Requirements(Annotations.ANNOTATED, teachers, sizePrior, mixesSets);
  }

  /** The same with the sizes of the organs. */
  public Requirements with(SizePrior prior) {
    return new Requirements(annotations, teachers, Optional.of(prior), mixesSets);
  }

  /** The same, of data sets that annotate different organs, two of them in a batch. */
  public Requirements mixingSets() {
    return new Requirements(annotations, teachers, sizePrior, true);
  }

  /** Whether the sizes of the organs have to be measured. */
  public boolean measuresSizes() {
    return sizePrior.filter(SizePrior::isMeasured).isPresent();
  }

  /** Whether batches carry labels. */
  public boolean needsLabels() {
    return annotations != Annotations.NONE;
  }
}
