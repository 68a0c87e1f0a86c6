/**
 * Makes the lock of what is up to date in an output directory ({@link
 * org.mskd.pipeline.lock.LockStep}), from the stages' stamps.
 */
@ResultNeutral
package org.mskd.pipeline.lock;

import org.mskd.code.ResultNeutral;
