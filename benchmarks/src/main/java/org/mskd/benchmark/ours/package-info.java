/**
 * Our side, in JVMs started as the plugin starts its worker: {@link
 * org.mskd.benchmark.ours.OurWork} does one work each, by the library's public classes and on the
 * way a real training takes (slice stores, sampler, augmentation, prefetching, training loop).
 */
package org.mskd.benchmark.ours;
