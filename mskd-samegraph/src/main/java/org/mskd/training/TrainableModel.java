package org.mskd.training;

import org.mskd.graph.runtime.GraphSession;

/**
 * A network that a trainer changes: its session, whose parameters get an optimizer of their own.
 *
 * @param name unique among the trainer's models, such as {@code student}; its tensors in a
 *     checkpoint begin with it
 * @param session holds the parameters and, after a step, their gradients
 */
public record TrainableModel(String name, GraphSession session) {}
