/**
 * The structure of a network without tensors: which layers it has and how its parameters are
 * shaped.
 *
 * <p>{@link org.mskd.architecture.Architecture} is what a model card records. The graph is built
 * from it, and an archive's weights are checked against it.
 */
package org.mskd.architecture;
