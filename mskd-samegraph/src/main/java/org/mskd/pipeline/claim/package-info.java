/**
 * Who may write in an output directory, and when: one worker at a time holds its lock, others wait.
 */
@ResultNeutral
package org.mskd.pipeline.claim;

import org.mskd.code.ResultNeutral;
