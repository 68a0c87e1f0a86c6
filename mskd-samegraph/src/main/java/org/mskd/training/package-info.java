/**
 * Training one network: {@link org.mskd.training.BatchSource} draws batches, an asynchronous
 * iterator prepares the next one beside the step, {@link org.mskd.training.TrainingLoop} steps
 * through them with {@link org.mskd.training.AdamOptimizer} and {@link
 * org.mskd.training.PlateauSchedule}, and {@link org.mskd.training.History} keeps what happened.
 * {@link org.mskd.training.FrozenNetwork} runs a trained one.
 */
package org.mskd.training;
