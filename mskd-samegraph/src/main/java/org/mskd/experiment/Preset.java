package org.mskd.experiment;

/** A named set of training settings. */
public enum Preset {
  /** The paper's settings, read literally. */
  SOURCE(Training.DEFAULT),
  /** The same with the schedule and the optimizer of nnU-Net v1, whose defaults the paper uses. */
  NNUNET(Training.DEFAULT.with(Plateau.NNUNET).with(Adam.NNUNET));

  private final Training training;

  Preset(Training training) {
    this.training = training;
  }

  /** The settings. */
  public Training training() {
    return training;
  }
}
