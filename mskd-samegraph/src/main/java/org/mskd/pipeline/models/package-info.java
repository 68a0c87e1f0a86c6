/**
 * The models of an experiment: where a teacher comes from (trained here, or given as a file), and
 * whether a model file fits the declared experiment. {@link
 * org.mskd.pipeline.models.ExperimentModels} reads them, {@link
 * org.mskd.pipeline.models.GivenTeachers} checks the given ones before any work.
 */
package org.mskd.pipeline.models;
