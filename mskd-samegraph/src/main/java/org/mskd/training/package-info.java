/**
 * Training one network: {@link org.mskd.training.BatchSource} makes batches, an asynchronous
 * iterator prepares the next one during the step, {@link org.mskd.training.TrainingLoop} steps
 * through them with {@link org.mskd.training.AdamOptimizer} and {@link
 * org.mskd.training.PlateauSchedule}, and {@link org.mskd.training.History} records the losses.
 * {@link org.mskd.training.FrozenNetwork} runs a trained one.
 */
package org.mskd.training;
