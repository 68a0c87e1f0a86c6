/**
 * The lock of an experiment: on what data and with which parameters, code and environment each
 * stage ran, the digests of its results, and the scores. {@link org.mskd.lock.LockFile} reads and
 * writes it; it holds no names of cases unless asked, no paths and no times.
 */
@ResultNeutral
package org.mskd.lock;

import org.mskd.code.ResultNeutral;
