/**
 * A {@link org.mskd.pipeline.stage.Stage} of an experiment, whether it is up to date, and how it is
 * run. The inputs and outputs of its last finished run are recorded in a stamp.
 */
@ResultNeutral
package org.mskd.pipeline.stage;

import org.mskd.code.ResultNeutral;
