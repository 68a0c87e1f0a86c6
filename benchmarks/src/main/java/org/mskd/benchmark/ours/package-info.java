/**
 * Our side, in JVMs started as the plugin starts its worker: {@link
 * org.mskd.benchmark.ours.OurWork} does one work each, with the library's public classes and all
 * parts of a real training (slice stores, sampler, augmentation, prefetching, training loop).
 */
package org.mskd.benchmark.ours;
