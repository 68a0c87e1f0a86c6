/**
 * Training one network: {@link org.mskd.training.BatchSource} makes batches, an asynchronous
 * iterator prepares the next one during the step, {@link org.mskd.training.TrainingLoop} steps
 * through them with a {@link org.mskd.training.ParameterOptimizer}, at the learning rate of a
 * schedule, and {@link org.mskd.training.History} records the losses. The trained model has the
 * weights of the last iteration or, by {@link org.mskd.training.AveragedTrainer}, their average.
 * {@link org.mskd.training.FrozenNetwork} runs a trained one.
 */
package org.mskd.training;
