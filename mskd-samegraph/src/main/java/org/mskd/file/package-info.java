/** Atomic writes, private files and digests. Uses {@link org.mskd.problem} only. */
package org.mskd.file;
