package org.mskd.loss;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * One term of a loss, as history and progress report it: an element of a variable of the graph,
 * without the term's weight.
 *
 * @param name such as {@code logit.liver}
 * @param variable a FLOAT vector of terms
 * @param element the term's index in it
 */
public record LossTerm(String name, SDVariable variable, int element) {}
