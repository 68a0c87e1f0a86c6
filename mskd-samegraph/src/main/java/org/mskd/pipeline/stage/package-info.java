/**
 * A {@link org.mskd.pipeline.stage.Stage} of an experiment, whether it is up to date, and how it is
 * run: what its last finished run depended on and left is recorded in a stamp.
 */
@ResultNeutral
package org.mskd.pipeline.stage;

import org.mskd.code.ResultNeutral;
