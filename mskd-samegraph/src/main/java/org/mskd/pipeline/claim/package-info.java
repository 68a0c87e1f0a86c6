/** The lock on an output directory: one worker at a time holds it, others wait. */
@ResultNeutral
package org.mskd.pipeline.claim;

import org.mskd.code.ResultNeutral;
