/**
 * What a user declares: immutable records, each validated when it is made, with the offending
 * element named. {@link org.mskd.experiment.Experiment} holds them all; {@link
 * org.mskd.experiment.ExperimentJson} carries one to the worker. Reads no files, uses no tensors.
 */
package org.mskd.experiment;
