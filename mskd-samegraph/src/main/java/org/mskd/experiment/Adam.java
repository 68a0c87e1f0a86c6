package org.mskd.experiment;

/**
 * Options of Adam (Kingma and Ba, 2015).
 *
 * @param amsgrad whether a step is divided by the largest second moment so far (Reddi et al., 2018)
 * @param weightDecay L2 coefficient: this times a weight is added to its gradient
 * @param gradientClipping the largest norm of all gradients together; larger ones are scaled down
 *     to it. 0 for none
 */
public record Adam(boolean amsgrad, double weightDecay, double gradientClipping)
    implements Optimizer {
  /** The authors' algorithm without additions. */
  public static final Adam PLAIN = new Adam(false, 0, 0);

  /** nnU-Net v1's trainer. */
  public static final Adam NNUNET = new Adam(true, 3e-5, 0);

  public Adam {
    Checks.within("weightDecay", weightDecay, 0.0, 1.0);
    Checks.notNegative("gradientClipping", gradientClipping);
  }
}
