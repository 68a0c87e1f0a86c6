package org.mskd.loss;

/** One channel's share of KL(t ‖ q) = Σ t (log t - log q), with 0 log 0 = 0. */
final class Divergence {
  private Divergence() {}

  static double share(double t, double logT, double logQ) {
    return t == 0 ? 0 : t * (logT - logQ);
  }
}
