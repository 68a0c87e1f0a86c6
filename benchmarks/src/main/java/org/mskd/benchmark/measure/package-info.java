/**
 * What both sides measure with: {@link org.mskd.benchmark.measure.Timing} of repeated steps, {@link
 * org.mskd.benchmark.measure.Resident} memory of the process, and {@link
 * org.mskd.benchmark.measure.Results}, the file in which a JVM hands its figures to the driver.
 */
package org.mskd.benchmark.measure;
