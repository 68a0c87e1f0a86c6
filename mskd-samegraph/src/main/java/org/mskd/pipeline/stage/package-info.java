/**
 * A {@link org.mskd.pipeline.stage.Stage} of an experiment, whether it is up to date, and how it is
 * run: what its last finished run depended on and left is recorded in a stamp.
 */
package org.mskd.pipeline.stage;
