package org.mskd.training;

/**
 * The state of a {@link PlateauSchedule} at the end of an iteration.
 *
 * @param rate the learning rate
 * @param average moving average of the epochs' losses; NaN before the first epoch's end
 * @param best the signal to be improved on; infinite before the first epoch's end
 * @param waits epochs in a row that did not improve
 */
record PlateauState(double rate, double average, double best, int waits) {}
