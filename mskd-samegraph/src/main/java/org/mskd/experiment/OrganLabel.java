package org.mskd.experiment;

/**
 * Which value marks an organ in the multi-organ test set.
 *
 * @param organ one of the experiment's organs
 * @param value the label value, from 1
 */
public record OrganLabel(String organ, int value) {
  public OrganLabel {
    Checks.name("organ", organ);
    Checks.within("value", value, 1, 65535);
  }
}
