package org.mskd.method;

import java.util.Optional;

/**
 * The contents of batches that a training method requires. The pipeline trains teachers, stores
 * their outputs and chooses data sets accordingly; labels that are not required are not read.
 *
 * @param annotations which labels batches carry
 * @param teachers which teacher outputs batches carry; empty where the method needs no teacher
 * @param sizePrior the sizes of the organs that the trainer gets; empty where it needs none
 * @param mixing which slices of a batch the method combines
 */
public record Requirements(
    Annotations annotations,
    Optional<TeacherRequirement> teachers,
    Optional<SizePrior> sizePrior,
    Mixing mixing) {
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

  /** Which slices of a batch are combined. */
  public enum Mixing {
    /** None. */
    NONE,
    /** Any two: batches must hold two. */
    SLICES,
    /** Those of data sets that annotate different organs: batches must be able to hold two. */
    SETS
  }

  /** Labels of the organs that each data set annotates, and no teacher. */
  public static Requirements annotated() {
    return new Requirements(Annotations.ANNOTATED, Optional.empty(), Optional.empty(), Mixing.NONE);
  }

  /** Labels of all organs, and no teacher. */
  public static Requirements allOrgans() {
    return new Requirements(
        Annotations.ALL_ORGANS, Optional.empty(), Optional.empty(), Mixing.NONE);
  }

  /** Teacher outputs, and no label. */
  public static Requirements teachers(TeacherRequirement teachers) {
    return new Requirements(Annotations.NONE, Optional.of(teachers), Optional.empty(), Mixing.NONE);
  }

  /** The same with labels of the organs that each data set annotates. */
  public Requirements withAnnotations() {
    return new Requirements(Annotations.ANNOTATED, teachers, sizePrior, mixing);
  }

  /** The same with the sizes of the organs. */
  public Requirements with(SizePrior prior) {
    return new Requirements(annotations, teachers, Optional.of(prior), mixing);
  }

  /** The same, of data sets that annotate different organs, two of them in a batch. */
  public Requirements mixingSets() {
    return new Requirements(annotations, teachers, sizePrior, Mixing.SETS);
  }

  /** The same, with two slices in a batch that are combined. */
  public Requirements mixingSlices() {
    return new Requirements(annotations, teachers, sizePrior, Mixing.SLICES);
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
