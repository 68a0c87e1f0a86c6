/**
 * The one way the library tells a person that something they gave cannot be used: what is wrong,
 * and what to do. Everything may use this package; it uses nothing.
 */
package org.mskd.problem;
