package org.mskd.publication;

import org.mskd.model.ModelCard;

/**
 * One model of a file.
 *
 * @param card of the model
 * @param weights SHA-256 of its weights
 * @param tensors how many there are
 */
public record DescribedModel(ModelCard card, String weights, int tensors) {}
