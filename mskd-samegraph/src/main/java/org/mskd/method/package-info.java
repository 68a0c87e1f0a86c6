/**
 * Training methods. {@link org.mskd.method.TrainingMethod} is the extension point: a method
 * declares its options and what its batches must carry, and builds a trainer, usually a {@link
 * org.mskd.method.GraphTrainer} with some {@link org.mskd.method.Objective}s. {@link
 * org.mskd.method.Methods} finds those that are installed.
 */
package org.mskd.method;
