/**
 * Collects what a model of a finished experiment says about itself as a package, from the folders
 * of the experiment.
 */
@ResultNeutral
package org.mskd.pipeline.publication;

import org.mskd.code.ResultNeutral;
