/**
 * The one exception by which the library reports input that cannot be used: what is wrong, and what
 * to do. Everything may use this package; it uses nothing.
 */
package org.mskd.problem;
