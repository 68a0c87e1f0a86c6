/**
 * Tests whether this machine's backend is right and fast. {@link org.mskd.doctor.BackendChecks}
 * lists the checks: each layer of the network, forward and backward, against plain Java ({@link
 * org.mskd.doctor.PlainLayers}) and finite differences; the losses against values computed by hand;
 * then, in {@link org.mskd.doctor.TrainingChecks}, the gradient of a whole network, equal bits of
 * equal trainings, and the time of a step. All run through the sessions that trainings use.
 */
package org.mskd.doctor;
