/**
 * Is this machine's backend right and fast? {@link org.mskd.doctor.BackendExam} lists the checks:
 * each layer of the network, forward and backward, against plain Java ({@link
 * org.mskd.doctor.PlainLayers}) and finite differences; the losses against values by hand; then, in
 * {@link org.mskd.doctor.TrainingExam}, the gradient of a whole network, equal bits of equal
 * trainings, and the time of a step. All run through the sessions that trainings use.
 */
package org.mskd.doctor;
