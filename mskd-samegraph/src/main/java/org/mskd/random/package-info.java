/**
 * Reproducible randomness. Every random choice comes from the experiment's one seed: {@link
 * org.mskd.random.SubSeeds} derives a seed for each purpose from names and numbers, {@link
 * org.mskd.random.SplitMix64} generates numbers from it. Both are defined here bit by bit, so they
 * give the same on every Java version. Everything may use this package; it uses nothing.
 */
package org.mskd.random;
