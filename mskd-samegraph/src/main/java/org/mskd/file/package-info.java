/**
 * Files that are whole or not there: atomic writes and digests. Uses {@link org.mskd.problem} only.
 */
package org.mskd.file;
