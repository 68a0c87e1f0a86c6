package org.mskd.experiment;

/** The number that decides whether a training still improves. */
public enum PlateauSignal {
  /** The mean training loss of the epoch. */
  EPOCH,
  /** The moving average .93/.07 over the epochs' mean training losses, nnU-Net v1's. */
  AVERAGE
}
