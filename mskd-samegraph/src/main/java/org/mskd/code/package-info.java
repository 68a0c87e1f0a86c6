/**
 * The identity of code: a digest of the byte code that a stage's result is computed with. It is an
 * input of the stage, so that a changed algorithm makes the stage run again, and a changed message
 * does not.
 */
package org.mskd.code;
