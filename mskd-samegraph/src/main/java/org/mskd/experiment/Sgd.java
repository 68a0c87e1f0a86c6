package org.mskd.experiment;

/**
 * Options of stochastic gradient descent with Nesterov momentum, as in PyTorch's {@code
 * torch.optim.SGD} with {@code nesterov=True}.
 *
 * @param momentum share of the momentum that each step keeps, at least 0 and below 1
 * @param weightDecay L2 coefficient: this times a weight is added to its gradient
 * @param gradientClipping the largest norm of all gradients together; larger ones are scaled down
 *     to it. 0 for none
 */
public record Sgd(double momentum, double weightDecay, double gradientClipping)
    implements Optimizer {
  /** The momentum of nnU-Net v2's trainer. */
  public static final double NNUNET_MOMENTUM = 0.99;

  public Sgd {
    Checks.belowOne("momentum", momentum);
    Checks.within("weightDecay", weightDecay, 0.0, 1.0);
    Checks.notNegative("gradientClipping", gradientClipping);
  }
}
