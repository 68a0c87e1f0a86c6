/**
 * Is this machine's backend right and fast? {@link org.mskd.doctor.BackendExam} runs what a
 * training relies on (ND4J has builds whose softmax, logarithm or gradients are silently wrong)
 * against plain Java, and times one training step.
 */
package org.mskd.doctor;
