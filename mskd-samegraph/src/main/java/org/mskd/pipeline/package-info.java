/**
 * The pipeline of an experiment, from phantoms to metrics. The input is a {@link
 * org.mskd.pipeline.request.WorkerRequest}, the output are {@link org.mskd.pipeline.event.Event}s
 * and files. All classes are in sub-packages: {@code request} (goal, experiment, options), {@code
 * plan} (the stages that a goal needs), {@code stages} (the kinds of stages), {@code models}
 * (teachers and students as files), {@code stage} (how any stage is run and recorded), {@code
 * worker} (the process), {@code event} (its reports), {@code claim} (the lock on the output
 * directory).
 */
package org.mskd.pipeline;
